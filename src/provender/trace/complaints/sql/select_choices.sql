-- The customers and products that a complaint's form offers; a row is one of them, kind says which.
-- Parameters: organisation_id, most (rows of each kind).
-- Order: customers before products, each by name. Archived ones are left out.
(
    SELECT
        'customer' AS kind,
        customer.id,
        customer.name
    FROM trace.customer AS customer
    WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.archived_at IS NULL
    ORDER BY customer.name ASC
    LIMIT %(most)s::integer
)
UNION ALL
(
    SELECT
        'product' AS kind,
        product.id,
        product.name
    FROM trace.product AS product
    WHERE product.organisation_id = %(organisation_id)s::uuid AND product.archived_at IS NULL
    ORDER BY product.name ASC
    LIMIT %(most)s::integer
)
