-- Adds batches; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.batch (
    organisation_id,
    id,
    material_id,
    product_id,
    farm_id,
    supplier_id,
    code,
    made_on,
    best_before_on,
    unit_mass_g,
    note,
    created_at
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.material_id,
    told.product_id,
    told.farm_id,
    told.supplier_id,
    told.code,
    told.made_on,
    told.best_before_on,
    told.unit_mass_g,
    told.note,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        material_id uuid,
        product_id uuid,
        farm_id uuid,
        supplier_id uuid,
        code text,
        made_on date,
        best_before_on date,
        unit_mass_g numeric,
        note text,
        created_at timestamptz
    )
