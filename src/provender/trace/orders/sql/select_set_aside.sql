-- The allocations of an order that are not released; one row each. Read it under the order's lock.
-- Parameters: organisation_id, order_id.
-- Order: by id, the oldest first.
SELECT
    allocation.id,
    allocation.order_line_id,
    allocation.batch_id,
    allocation.quantity,
    allocation.state
FROM trace.allocation AS allocation
WHERE
    allocation.organisation_id = %(organisation_id)s::uuid
    AND allocation.order_id = %(order_id)s::uuid
    AND allocation.state <> 'released'
ORDER BY allocation.id ASC
