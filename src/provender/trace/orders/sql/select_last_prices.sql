-- What a customer paid last for some products in a currency; one row per product that it ordered before.
-- Parameters: organisation_id, customer_id, currency, product_ids (array).
-- Order: by product, the latest order first, of which the first row is kept.
-- The INNER JOIN keeps every line of the customer's orders in that currency that were not cancelled.
SELECT DISTINCT ON (line.product_id)
    line.product_id,
    line.unit_price
FROM trace.sales_order AS sales_order
INNER JOIN trace.order_line AS line
    ON sales_order.organisation_id = line.organisation_id AND sales_order.id = line.order_id
WHERE
    sales_order.organisation_id = %(organisation_id)s::uuid
    AND sales_order.customer_id = %(customer_id)s::uuid
    AND sales_order.currency = %(currency)s::text
    AND sales_order.state <> 'cancelled'
    AND line.product_id = any(%(product_ids)s::uuid[])
ORDER BY
    line.product_id ASC,
    sales_order.ordered_at DESC,
    line.line_no DESC
