-- Records that a shipment left; a trigger refuses one that left before, of a cancelled order, or with a held batch.
-- Parameters: organisation_id, shipment_id, shipped_at.
UPDATE trace.shipment AS shipment
SET shipped_at = %(shipped_at)s::timestamptz
WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.id = %(shipment_id)s::uuid
