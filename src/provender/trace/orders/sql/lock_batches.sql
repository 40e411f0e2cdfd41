-- Locks batches until the end of the transaction: what is drawn from them or held waits. One id per row; unknown ones are left out.
-- Parameters: organisation_id, batch_ids (array).
-- Order: by id, so that two requests over the same batches never wait for each other in a ring.
SELECT batch.id
FROM trace.batch AS batch
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = any(%(batch_ids)s::uuid[])
ORDER BY batch.id ASC
FOR NO KEY UPDATE
