-- Adds a shipment of an order; one row, its id. A trigger refuses an order that is not open for it.
-- Parameters: organisation_id, number, order_id, customer_id (the order's), carrier, tracking_number, packed_at (NULL: when it left,
-- or now), shipped_at (NULL: not yet).
INSERT INTO trace.shipment (
    organisation_id, number, order_id, customer_id, carrier, tracking_number, packed_at, shipped_at
)
VALUES (
    %(organisation_id)s::uuid,
    %(number)s::text,
    %(order_id)s::uuid,
    %(customer_id)s::uuid,
    %(carrier)s::text,
    %(tracking_number)s::text,
    coalesce(%(packed_at)s::timestamptz, %(shipped_at)s::timestamptz, now()),
    %(shipped_at)s::timestamptz
)
RETURNING id
