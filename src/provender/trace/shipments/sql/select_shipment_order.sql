-- The order of a shipment, to lock it before the shipment; one row, or none.
-- Parameters: organisation_id, shipment_id.
SELECT shipment.order_id
FROM trace.shipment AS shipment
WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.id = %(shipment_id)s::uuid
