-- The materials into which returned goods can be reworked: kind rework, kept by mass, not retired; one row each.
-- Parameters: organisation_id.
-- Order: by name, then id.
SELECT
    material.id,
    material.name
FROM trace.material AS material
WHERE
    material.organisation_id = %(organisation_id)s::uuid
    AND material.kind = 'rework'
    AND material.base_unit = 'g'
    AND material.archived_at IS NULL
ORDER BY
    material.name ASC,
    material.id ASC
