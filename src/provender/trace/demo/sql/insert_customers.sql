-- Adds customers; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.customer (organisation_id, id, name, country, language, email, note, created_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.name,
    told.country,
    told.language,
    told.email,
    told.note,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        name text,
        country text,
        language text,
        email text,
        note text,
        created_at timestamptz
    )
