-- Whether there is such a product; one row.
-- Parameters: organisation_id, product_id.
SELECT exists(
    SELECT FROM trace.product AS product
    WHERE product.organisation_id = %(organisation_id)s::uuid AND product.id = %(product_id)s::uuid
) AS is_there
