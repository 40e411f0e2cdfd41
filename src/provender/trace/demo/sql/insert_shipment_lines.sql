-- Adds what left, or is packed; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.shipment_line (
    organisation_id,
    id,
    shipment_id,
    order_line_id,
    order_id,
    customer_id,
    product_id,
    batch_id,
    batch_unknown_reason,
    quantity
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.shipment_id,
    told.order_line_id,
    told.order_id,
    told.customer_id,
    told.product_id,
    told.batch_id,
    told.batch_unknown_reason,
    told.quantity
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        shipment_id uuid,
        order_line_id uuid,
        order_id uuid,
        customer_id uuid,
        product_id uuid,
        batch_id uuid,
        batch_unknown_reason text,
        quantity numeric
    )
