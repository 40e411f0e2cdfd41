-- The batches of some products that have free pieces now, are not held and not expired: one id per row.
-- Parameters: organisation_id, product_ids (array), today (date in the organisation's zone).
-- Order: by id, the order in which batches are locked.
SELECT batch.id
FROM trace.batch AS batch
WHERE
    batch.organisation_id = %(organisation_id)s::uuid
    AND batch.product_id = any(%(product_ids)s::uuid[])
    AND (batch.best_before_on IS NULL OR batch.best_before_on >= %(today)s::date)
    AND NOT EXISTS (
        SELECT FROM trace.hold AS hold
        WHERE hold.organisation_id = batch.organisation_id AND hold.batch_id = batch.id AND hold.state = 'active'
    )
    AND trace.batch_on_hand(batch.organisation_id, batch.id) > trace.batch_allocated(batch.organisation_id, batch.id)
ORDER BY batch.id ASC
