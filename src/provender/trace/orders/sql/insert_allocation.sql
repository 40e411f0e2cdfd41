-- Sets pieces of a batch aside for an order line; one row, its id. Triggers refuse a held batch, more than is free, and an order
-- that is not open for it.
-- Parameters: organisation_id, order_id, order_line_id, batch_id, quantity (pieces), state (planned or picked).
-- The line gives the rest, so that it cannot contradict it; an unknown line adds nothing.
INSERT INTO trace.allocation (organisation_id, order_line_id, order_id, customer_id, product_id, batch_id, quantity, state)
SELECT
    line.organisation_id,
    line.id AS order_line_id,
    line.order_id,
    line.customer_id,
    line.product_id,
    %(batch_id)s::uuid AS batch_id,
    %(quantity)s::numeric AS quantity,
    %(state)s::text AS state
FROM trace.order_line AS line
WHERE
    line.organisation_id = %(organisation_id)s::uuid
    AND line.order_id = %(order_id)s::uuid
    AND line.id = %(order_line_id)s::uuid
RETURNING id
