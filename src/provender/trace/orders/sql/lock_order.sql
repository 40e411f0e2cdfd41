-- Locks an order until the end of the transaction: nobody else changes, allocates or ships it meanwhile. One row, or none.
-- Parameters: organisation_id, order_id.
SELECT
    sales_order.id,
    sales_order.number,
    sales_order.customer_id,
    sales_order.state,
    sales_order.version
FROM trace.sales_order AS sales_order
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
FOR UPDATE
