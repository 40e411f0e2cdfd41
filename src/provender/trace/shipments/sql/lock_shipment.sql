-- Locks a shipment until the end of the transaction; one row, or none. Lock its order first.
-- Parameters: organisation_id, shipment_id.
SELECT
    shipment.id,
    shipment.number,
    shipment.order_id,
    shipment.packed_at,
    shipment.shipped_at,
    shipment.delivered_at,
    shipment.version
FROM trace.shipment AS shipment
WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.id = %(shipment_id)s::uuid
FOR NO KEY UPDATE
