-- Adds plots; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.plot (organisation_id, id, farm_id, name, geometry, area_ha, created_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.farm_id,
    told.name,
    told.geometry,
    told.area_ha,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        farm_id uuid,
        name text,
        geometry jsonb,
        area_ha numeric,
        created_at timestamptz
    )
