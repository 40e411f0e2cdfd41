-- What is free of some batches: not held, not expired, not set aside. Read it after `lock_batches`, as a statement of its own: its
-- snapshot is then newer than whatever the lock waited for. One row per batch with free pieces.
-- Parameters: organisation_id, batch_ids (array), today (date in the organisation's zone).
-- Order: by id.
WITH stock AS (
    SELECT
        batch.id AS batch_id,
        batch.product_id,
        batch.code,
        batch.made_on,
        batch.best_before_on,
        trace.batch_on_hand(batch.organisation_id, batch.id) - trace.batch_allocated(batch.organisation_id, batch.id) AS free
    FROM trace.batch AS batch
    WHERE
        batch.organisation_id = %(organisation_id)s::uuid
        AND batch.id = any(%(batch_ids)s::uuid[])
        AND (batch.best_before_on IS NULL OR batch.best_before_on >= %(today)s::date)
        AND NOT EXISTS (
            SELECT FROM trace.hold AS hold
            WHERE hold.organisation_id = batch.organisation_id AND hold.batch_id = batch.id AND hold.state = 'active'
        )
)

SELECT
    stock.batch_id,
    stock.product_id,
    stock.code,
    stock.made_on,
    stock.best_before_on,
    stock.free
FROM stock
WHERE stock.free > 0
ORDER BY stock.batch_id ASC
