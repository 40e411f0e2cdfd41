-- Packs pieces of a batch, or of an unknown one, for an order line; one row, its id. Triggers refuse a held batch and more than is free.
-- Parameters: organisation_id, shipment_id, order_id, order_line_id, batch_id (NULL: unknown), batch_unknown_reason, quantity (pieces).
-- The order line gives the rest, so that it cannot contradict it; an unknown line adds nothing.
INSERT INTO trace.shipment_line (
    organisation_id, shipment_id, order_line_id, order_id, customer_id, product_id, batch_id, batch_unknown_reason, quantity
)
SELECT
    line.organisation_id,
    %(shipment_id)s::uuid AS shipment_id,
    line.id AS order_line_id,
    line.order_id,
    line.customer_id,
    line.product_id,
    %(batch_id)s::uuid AS batch_id,
    %(batch_unknown_reason)s::text AS batch_unknown_reason,
    %(quantity)s::numeric AS quantity
FROM trace.order_line AS line
WHERE
    line.organisation_id = %(organisation_id)s::uuid
    AND line.order_id = %(order_id)s::uuid
    AND line.id = %(order_line_id)s::uuid
RETURNING id
