-- Replaces what can be changed of a shipment: its carrier and the carrier's number.
-- Parameters: organisation_id, shipment_id, carrier, tracking_number; keeps_carrier, keeps_tracking_number (leave it as it is).
UPDATE trace.shipment AS shipment
SET
    carrier = CASE WHEN %(keeps_carrier)s::boolean THEN shipment.carrier ELSE %(carrier)s::text END,
    tracking_number = CASE
        WHEN %(keeps_tracking_number)s::boolean THEN shipment.tracking_number
        ELSE %(tracking_number)s::text
    END
WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.id = %(shipment_id)s::uuid
