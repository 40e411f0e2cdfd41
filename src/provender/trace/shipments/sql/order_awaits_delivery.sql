-- Whether a shipment of an order has not arrived; one row.
-- Parameters: organisation_id, order_id.
SELECT exists(
    SELECT FROM trace.shipment AS shipment
    WHERE
        shipment.organisation_id = %(organisation_id)s::uuid
        AND shipment.order_id = %(order_id)s::uuid
        AND shipment.delivered_at IS NULL
) AS is_awaited
