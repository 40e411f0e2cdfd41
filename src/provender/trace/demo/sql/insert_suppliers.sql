-- Adds suppliers; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.supplier (organisation_id, id, name, country, email, created_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.name,
    told.country,
    told.email,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        name text,
        country text,
        email text,
        created_at timestamptz
    )
