-- Adds what came back; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.return_line (
    organisation_id,
    id,
    return_receipt_id,
    customer_id,
    shipment_line_id,
    quantity,
    disposition,
    rework_process_id
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.return_receipt_id,
    told.customer_id,
    told.shipment_line_id,
    told.quantity,
    told.disposition,
    told.rework_process_id
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        return_receipt_id uuid,
        customer_id uuid,
        shipment_line_id uuid,
        quantity numeric,
        disposition text,
        rework_process_id uuid
    )
