-- Adds a line to a return; one row, its id. A trigger fills the batch from the sale, and refuses more than left and has not come back.
-- Parameters: organisation_id, return_id, customer_id (the return's), shipment_line_id, quantity (pieces),
-- disposition (restock, rework or destroy), rework_process_id (NULL unless reworked).
INSERT INTO trace.return_line (
    organisation_id, return_receipt_id, customer_id, shipment_line_id, quantity, disposition, rework_process_id
)
VALUES (
    %(organisation_id)s::uuid,
    %(return_id)s::uuid,
    %(customer_id)s::uuid,
    %(shipment_line_id)s::uuid,
    %(quantity)s::numeric,
    %(disposition)s::text,
    %(rework_process_id)s::uuid
)
RETURNING id
