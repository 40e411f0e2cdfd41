-- One product as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, product_id.
-- What points to it is counted in LATERALs that always give one row: one without any has 0.
-- INNER JOIN: a product always has its material.
SELECT
    json_build_object(
        'id', product.id,
        'sku', product.sku,
        'name', product.name,
        'gtin', product.gtin,
        'net_mass_g', trim_scale(product.net_mass_g),
        'units_per_case', product.units_per_case,
        'shelf_life_days', product.shelf_life_days,
        'archived_at', product.archived_at,
        'version', product.version,
        'material', json_build_object('id', material.id, 'code', material.code, 'name', material.name),
        'batch_count', batch.batch_count
    ) AS product,
    product.version
FROM trace.product AS product
INNER JOIN trace.material AS material
    ON product.organisation_id = material.organisation_id AND product.material_id = material.id
CROSS JOIN LATERAL (
    SELECT count(*) AS batch_count
    FROM trace.batch AS batch
    WHERE batch.organisation_id = product.organisation_id AND batch.product_id = product.id
) AS batch
WHERE product.organisation_id = %(organisation_id)s::uuid AND product.id = %(product_id)s::uuid
