-- Adds returns; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.return_receipt (organisation_id, id, customer_id, received_at, note, recorded_by_name, number)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.customer_id,
    told.received_at,
    told.note,
    told.recorded_by_name,
    told.number
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        customer_id uuid,
        received_at timestamptz,
        note text,
        recorded_by_name text,
        number text
    )
