-- Moves an order to a state; a trigger refuses moves that are not allowed, another writes the log with the reason.
-- Parameters: organisation_id, order_id, state, reason (text, empty when none is given).
-- The FROM item gives one row and drops none: it tells the trigger why, for this transaction only.
UPDATE trace.sales_order AS sales_order
SET state = %(state)s::text
FROM (SELECT set_config('app.move_reason', %(reason)s::text, true) AS reason) AS told
WHERE
    sales_order.organisation_id = %(organisation_id)s::uuid
    AND sales_order.id = %(order_id)s::uuid
    AND told.reason IS NOT NULL
