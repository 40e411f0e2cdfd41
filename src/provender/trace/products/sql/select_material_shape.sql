-- What kind of thing a material is; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, material_id.
SELECT
    material.kind,
    material.base_unit
FROM trace.material AS material
WHERE material.organisation_id = %(organisation_id)s::uuid AND material.id = %(material_id)s::uuid
