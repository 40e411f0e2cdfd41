-- Deletes a material that nothing points to; what does refuses it (RESTRICT). Zero rows: not there.
-- Parameters: organisation_id, material_id.
DELETE FROM trace.material AS material
WHERE material.organisation_id = %(organisation_id)s::uuid AND material.id = %(material_id)s::uuid
