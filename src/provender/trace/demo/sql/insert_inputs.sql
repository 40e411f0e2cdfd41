-- Adds what processes took out of batches; the guard wants outputs and returns to be there; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.process_input (
    organisation_id,
    process_id,
    line_no,
    batch_id,
    quantity,
    entered_quantity,
    entered_unit,
    started_at,
    finished_at
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.process_id,
    told.line_no,
    told.batch_id,
    told.quantity,
    told.entered_quantity,
    told.entered_unit,
    told.started_at,
    told.finished_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        process_id uuid,
        line_no integer,
        batch_id uuid,
        quantity numeric,
        entered_quantity numeric,
        entered_unit text,
        started_at timestamptz,
        finished_at timestamptz
    )
