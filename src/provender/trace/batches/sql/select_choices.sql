-- What a form or a filter of batches offers; one row: choices (JSON object of arrays, each with id and name).
-- Parameters: organisation_id.
-- Order: by name; farms and suppliers without retired ones, materials all that are or were in use.
SELECT
    json_build_object(
        'materials', (
            SELECT coalesce(json_agg(json_build_object('id', material.id, 'name', material.name) ORDER BY material.name ASC), '[]')
            FROM trace.material AS material
            WHERE material.organisation_id = %(organisation_id)s::uuid
        ),
        'farms', (
            SELECT coalesce(json_agg(json_build_object('id', farm.id, 'name', farm.name) ORDER BY farm.name ASC), '[]')
            FROM trace.farm AS farm
            WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.archived_at IS NULL
        ),
        'suppliers', (
            SELECT coalesce(json_agg(json_build_object('id', supplier.id, 'name', supplier.name) ORDER BY supplier.name ASC), '[]')
            FROM trace.supplier AS supplier
            WHERE supplier.organisation_id = %(organisation_id)s::uuid AND supplier.archived_at IS NULL
        )
    ) AS choices
