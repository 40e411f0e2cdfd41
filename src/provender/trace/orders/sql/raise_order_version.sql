-- Raises the version of an order whose lines were changed: the lines are a part of what its ETag stands for.
-- Parameters: organisation_id, order_id.
UPDATE trace.sales_order AS sales_order
SET version = sales_order.version
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
