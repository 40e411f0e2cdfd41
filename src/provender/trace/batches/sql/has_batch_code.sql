-- How many batches, of whatever material, have this code once it is folded; one row.
-- Parameters: organisation_id, code.
SELECT count(*) AS batch_count
FROM trace.batch AS batch
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.code_key = trace.batch_code_key(%(code)s::text)
