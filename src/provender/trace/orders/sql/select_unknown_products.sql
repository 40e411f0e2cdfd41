-- Those of some product ids that are not a product that can be sold now: unknown, another tenant's, or retired; one row each.
-- Parameters: organisation_id, product_ids (array).
SELECT DISTINCT wanted.id
FROM unnest(%(product_ids)s::uuid[]) AS wanted (id)
WHERE
    NOT EXISTS (
        SELECT FROM trace.product AS product
        WHERE
            product.organisation_id = %(organisation_id)s::uuid
            AND product.id = wanted.id
            AND product.archived_at IS NULL
    )
