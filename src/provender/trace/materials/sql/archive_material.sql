-- Retires a material, or brings it back. Zero rows: not there.
-- Parameters: organisation_id, material_id, is_archived.
UPDATE trace.material AS material
SET archived_at = CASE WHEN %(is_archived)s::boolean THEN coalesce(material.archived_at, now()) END
WHERE material.organisation_id = %(organisation_id)s::uuid AND material.id = %(material_id)s::uuid
