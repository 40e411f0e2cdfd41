-- What can be changed of an order apart from its lines; one row, or none.
-- Parameters: organisation_id, order_id.
SELECT
    sales_order.customer_site_id,
    sales_order.customer_reference,
    sales_order.currency,
    sales_order.ordered_at,
    sales_order.expected_on,
    sales_order.delay_reason,
    sales_order.note
FROM trace.sales_order AS sales_order
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
