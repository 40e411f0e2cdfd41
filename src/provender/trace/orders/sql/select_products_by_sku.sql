-- The products with some SKUs that can be sold now; one row per product.
-- Parameters: organisation_id, skus (array of text).
SELECT
    product.sku AS name,
    product.id
FROM trace.product AS product
WHERE
    product.organisation_id = %(organisation_id)s::uuid
    AND product.sku = any(%(skus)s::text[])
    AND product.archived_at IS NULL
