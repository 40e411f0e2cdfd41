-- Places a hold on each of some batches that are ours; one row per hold: its id. Batches that are not ours give none.
-- Parameters: organisation_id, batch_ids (array of uuid), reason, recall_case_id (or NULL), placed_by_name.
-- Order: none promised. The batches are locked before, in the order of their ids.
INSERT INTO trace.hold (organisation_id, batch_id, recall_case_id, reason, placed_by_name)
SELECT
    batch.organisation_id,
    batch.id,
    %(recall_case_id)s::uuid AS recall_case_id,
    %(reason)s::text AS reason,
    %(placed_by_name)s::text AS placed_by_name
FROM trace.batch AS batch
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = any(%(batch_ids)s::uuid[])
RETURNING id
