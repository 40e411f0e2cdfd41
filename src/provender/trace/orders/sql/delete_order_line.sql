-- Removes a line of an order; refused once anything was set aside or packed for it. Zero rows: the order has no such line.
-- Parameters: organisation_id, order_id, order_line_id.
DELETE FROM trace.order_line AS line
WHERE
    line.organisation_id = %(organisation_id)s::uuid
    AND line.order_id = %(order_id)s::uuid
    AND line.id = %(order_line_id)s::uuid
