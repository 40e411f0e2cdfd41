-- Changes a line of an order; zero rows: the order has no such line.
-- Parameters: organisation_id, order_id, order_line_id, product_id, quantity (pieces), unit_price (per piece).
UPDATE trace.order_line AS line
SET
    product_id = %(product_id)s::uuid,
    quantity = %(quantity)s::numeric,
    unit_price = %(unit_price)s::numeric
WHERE
    line.organisation_id = %(organisation_id)s::uuid
    AND line.order_id = %(order_id)s::uuid
    AND line.id = %(order_line_id)s::uuid
