-- Deletes a draft order with its lines and its log; a trigger refuses any other. Zero rows: not there.
-- Parameters: organisation_id, order_id.
DELETE FROM trace.sales_order AS sales_order
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
