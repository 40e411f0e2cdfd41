-- Locks batches until the end of the transaction, so that nobody else changes their stock; one row per batch found.
-- Parameters: organisation_id, batch_ids (array of uuid).
-- Order: id. Everybody who locks several batches locks them in this order, so that nobody waits in a circle.
SELECT batch.id
FROM trace.batch AS batch
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = any(%(batch_ids)s::uuid[])
ORDER BY
    batch.id ASC
FOR NO KEY UPDATE OF batch
