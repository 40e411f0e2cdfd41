-- Adds what a process put into a batch.
-- Parameters: organisation_id, process_id, line_no (from 1), batch_id, quantity (base unit), entered_quantity, entered_unit,
-- role, started_at, finished_at (the process's).
INSERT INTO trace.process_output (
    organisation_id, process_id, line_no, batch_id, role, quantity, entered_quantity, entered_unit, started_at, finished_at
)
VALUES (
    %(organisation_id)s::uuid,
    %(process_id)s::uuid,
    %(line_no)s::integer,
    %(batch_id)s::uuid,
    %(role)s::text,
    %(quantity)s::numeric,
    %(entered_quantity)s::numeric,
    %(entered_unit)s::text,
    %(started_at)s::timestamptz,
    %(finished_at)s::timestamptz
)
