-- Which product each of some batches is; one row per batch that exists and is one of a product.
-- Parameters: organisation_id, batch_ids (array).
SELECT
    batch.id,
    batch.product_id
FROM trace.batch AS batch
WHERE
    batch.organisation_id = %(organisation_id)s::uuid
    AND batch.id = any(%(batch_ids)s::uuid[])
    AND batch.product_id IS NOT NULL
