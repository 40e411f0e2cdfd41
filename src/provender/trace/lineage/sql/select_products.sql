-- The products that a batch became: its own, and those of everything made from it; a row is a product.
-- One row: items (JSON array); no row when the batch does not exist.
-- Parameters: organisation_id, batch_id.
-- Order: name, then id. Inner JOINs drop batches that are no finished product.
SELECT
    (
        SELECT coalesce(json_agg(listed ORDER BY listed.name ASC, listed.id ASC), '[]')
        FROM (
            SELECT
                product.id,
                product.sku,
                product.name,
                product.gtin,
                trim_scale(product.net_mass_g) AS net_mass_g,
                count(*) AS batch_count
            FROM trace.descendant_batches(%(organisation_id)s::uuid, ARRAY[%(batch_id)s::uuid]) AS reached (batch_id)
            INNER JOIN trace.batch AS batch
                ON batch.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = batch.id
            INNER JOIN trace.product AS product
                ON product.organisation_id = %(organisation_id)s::uuid AND batch.product_id = product.id
            GROUP BY product.id, product.sku, product.name, product.gtin, product.net_mass_g
        ) AS listed
    ) AS items,
    NULL::json AS next_key
FROM trace.batch AS root
WHERE root.organisation_id = %(organisation_id)s::uuid AND root.id = %(batch_id)s::uuid
