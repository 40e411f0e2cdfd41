-- The products that can be sold now and that a SKU or a GTIN means; one row per code and product.
-- Parameters: organisation_id, codes (array of text, as typed).
-- The INNER JOIN drops a code that no product has: the caller names those.
SELECT
    wanted.code AS name,
    product.id
FROM unnest(%(codes)s::text[]) AS wanted (code)
INNER JOIN trace.product AS product
    ON
        product.organisation_id = %(organisation_id)s::uuid
        AND wanted.code IN (product.sku, product.gtin)
        AND product.archived_at IS NULL
