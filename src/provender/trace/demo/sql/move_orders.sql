-- Moves orders on by one state; the moves that the database allows apply.
-- Parameters: organisation_id; to_state; order_ids (array).
UPDATE trace.sales_order AS sales_order
SET state = %(to_state)s::text
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id IN (SELECT unnest(%(order_ids)s::uuid[]))
