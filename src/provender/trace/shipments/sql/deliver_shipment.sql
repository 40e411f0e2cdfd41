-- Records that a shipment arrived.
-- Parameters: organisation_id, shipment_id, delivered_at.
UPDATE trace.shipment AS shipment
SET delivered_at = %(delivered_at)s::timestamptz
WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.id = %(shipment_id)s::uuid
