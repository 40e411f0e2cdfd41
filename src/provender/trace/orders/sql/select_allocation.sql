-- One allocation and the order it belongs to; one row, or none. Nothing is locked.
-- Parameters: organisation_id, allocation_id.
SELECT
    allocation.order_id,
    allocation.batch_id,
    allocation.state
FROM trace.allocation AS allocation
WHERE allocation.organisation_id = %(organisation_id)s::uuid AND allocation.id = %(allocation_id)s::uuid
