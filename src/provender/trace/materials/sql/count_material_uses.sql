-- What points to a material and keeps it from being deleted; one row of counts, no row when there is no such material.
-- Parameters: organisation_id, material_id.
SELECT
    (
        SELECT count(*)
        FROM trace.product AS product
        WHERE product.organisation_id = material.organisation_id AND product.material_id = material.id
    ) AS products,
    (
        SELECT count(*)
        FROM trace.batch AS batch
        WHERE batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    ) AS batches
FROM trace.material AS material
WHERE material.organisation_id = %(organisation_id)s::uuid AND material.id = %(material_id)s::uuid
