-- Adds places where customers receive goods; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.customer_site (organisation_id, id, customer_id, name, address, country, time_zone, created_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.customer_id,
    told.name,
    told.address,
    told.country,
    told.time_zone,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        customer_id uuid,
        name text,
        address text,
        country text,
        time_zone text,
        created_at timestamptz
    )
