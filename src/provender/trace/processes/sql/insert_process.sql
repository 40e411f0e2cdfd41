-- Adds a process without its lines. Its balance is checked when the constraints are, not here.
-- Parameters: organisation_id, id, kind, started_at, finished_at, equipment, note, gain_reason, reverses_process_id (or NULL),
-- recorded_by_account_id (or NULL), recorded_by_name.
INSERT INTO trace.process (
    organisation_id, id, kind, started_at, finished_at, equipment, note, gain_reason, reverses_process_id,
    recorded_by_account_id, recorded_by_name
)
VALUES (
    %(organisation_id)s::uuid,
    %(id)s::uuid,
    %(kind)s::text,
    %(started_at)s::timestamptz,
    %(finished_at)s::timestamptz,
    %(equipment)s::text,
    %(note)s::text,
    %(gain_reason)s::text,
    %(reverses_process_id)s::uuid,
    %(recorded_by_account_id)s::uuid,
    %(recorded_by_name)s::text
)
