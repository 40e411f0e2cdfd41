-- Adds products; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.product (
    organisation_id,
    id,
    material_id,
    sku,
    name,
    gtin,
    net_mass_g,
    units_per_case,
    shelf_life_days,
    created_at
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.material_id,
    told.sku,
    told.name,
    told.gtin,
    told.net_mass_g,
    told.units_per_case,
    told.shelf_life_days,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        material_id uuid,
        sku text,
        name text,
        gtin text,
        net_mass_g numeric,
        units_per_case integer,
        shelf_life_days integer,
        created_at timestamptz
    )
