-- Adds farms; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.farm (organisation_id, id, name, producer_name, country, region, note, created_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.name,
    told.producer_name,
    told.country,
    told.region,
    told.note,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        name text,
        producer_name text,
        country text,
        region text,
        note text,
        created_at timestamptz
    )
