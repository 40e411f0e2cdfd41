-- What new batches would consist of: one row per material that is named itself or by its product.
-- Parameters: organisation_id, material_ids, product_ids (arrays of uuid).
-- Order: none promised.
-- LEFT OUTER JOIN to product keeps materials that are not sold; a material has one product at most.
SELECT
    material.id AS material_id,
    material.kind AS material_kind,
    material.base_unit,
    product.id AS product_id,
    product.net_mass_g,
    product.shelf_life_days
FROM trace.material AS material
LEFT OUTER JOIN trace.product AS product
    ON material.organisation_id = product.organisation_id AND material.id = product.material_id
WHERE
    material.organisation_id = %(organisation_id)s::uuid
    AND (material.id = any(%(material_ids)s::uuid[]) OR product.id = any(%(product_ids)s::uuid[]))
