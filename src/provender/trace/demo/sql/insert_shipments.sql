-- Adds shipments; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.shipment (
    organisation_id,
    id,
    order_id,
    customer_id,
    carrier,
    tracking_number,
    packed_at,
    shipped_at,
    delivered_at,
    number
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.order_id,
    told.customer_id,
    told.carrier,
    told.tracking_number,
    told.packed_at,
    told.shipped_at,
    told.delivered_at,
    told.number
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        order_id uuid,
        customer_id uuid,
        carrier text,
        tracking_number text,
        packed_at timestamptz,
        shipped_at timestamptz,
        delivered_at timestamptz,
        number text
    )
