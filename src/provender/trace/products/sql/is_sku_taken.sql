-- Whether a product has this SKU; one row. Told before its material is made, for that would collide first.
-- Parameters: organisation_id, sku.
SELECT exists(
    SELECT FROM trace.product AS product
    WHERE product.organisation_id = %(organisation_id)s::uuid AND product.sku = %(sku)s::text
) AS is_taken
