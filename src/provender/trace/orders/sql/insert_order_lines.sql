-- Adds lines to an order, numbered on from the last line there is; one row per line: its id. Order: by line number.
-- Parameters: organisation_id, order_id, customer_id (the order's); product_ids, quantities (pieces), unit_prices (per piece, in the
-- order's currency): arrays of the same length.
-- An unknown product violates order_line_product_fkey; an order that is no draft and not confirmed is refused by its trigger.
-- The CROSS JOIN keeps every line: `last` always gives one row, the highest number so far.
INSERT INTO trace.order_line (organisation_id, order_id, customer_id, product_id, line_no, quantity, unit_price)
WITH last AS (
    SELECT coalesce(max(line.line_no), 0) AS line_no
    FROM trace.order_line AS line
    WHERE line.organisation_id = %(organisation_id)s::uuid AND line.order_id = %(order_id)s::uuid
)

SELECT
    %(organisation_id)s::uuid AS organisation_id,
    %(order_id)s::uuid AS order_id,
    %(customer_id)s::uuid AS customer_id,
    wanted.product_id,
    last.line_no + wanted.place AS line_no,
    wanted.quantity,
    wanted.unit_price
FROM
    unnest(%(product_ids)s::uuid[], %(quantities)s::numeric[], %(unit_prices)s::numeric[])
    WITH ORDINALITY AS wanted (product_id, quantity, unit_price, place)
CROSS JOIN last
ORDER BY wanted.place ASC
RETURNING id
