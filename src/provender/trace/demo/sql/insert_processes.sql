-- Adds processes; a reversal makes void what it reverses, so it comes after the lines of that; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.process (
    organisation_id,
    id,
    kind,
    started_at,
    finished_at,
    equipment,
    note,
    gain_reason,
    reverses_process_id,
    recorded_at,
    recorded_by_name
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.kind,
    told.started_at,
    told.finished_at,
    told.equipment,
    told.note,
    told.gain_reason,
    told.reverses_process_id,
    told.recorded_at,
    told.recorded_by_name
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        kind text,
        started_at timestamptz,
        finished_at timestamptz,
        equipment text,
        note text,
        gain_reason text,
        reverses_process_id uuid,
        recorded_at timestamptz,
        recorded_by_name text
    )
