-- One material as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, material_id.
-- What points to it is counted in LATERALs that always give one row: one without any has 0.
-- LEFT OUTER JOIN: a material that is not sold has no product, and one has at most one.
SELECT
    json_build_object(
        'id', material.id,
        'code', material.code,
        'name', material.name,
        'kind', material.kind,
        'base_unit', material.base_unit,
        'archived_at', material.archived_at,
        'version', material.version,
        'product_id', product.id,
        'batch_count', batch.batch_count
    ) AS material,
    material.version
FROM trace.material AS material
LEFT OUTER JOIN trace.product AS product
    ON material.organisation_id = product.organisation_id AND material.id = product.material_id
CROSS JOIN LATERAL (
    SELECT count(*) AS batch_count
    FROM trace.batch AS batch
    WHERE batch.organisation_id = material.organisation_id AND batch.material_id = material.id
) AS batch
WHERE material.organisation_id = %(organisation_id)s::uuid AND material.id = %(material_id)s::uuid
