-- Releases a hold that is in force. Zero rows: not there, or released already.
-- Parameters: organisation_id, hold_id, released_by_name, release_reason.
UPDATE trace.hold AS hold
SET
    state = 'released',
    released_at = now(),
    released_by_name = %(released_by_name)s::text,
    release_reason = %(release_reason)s::text
WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.id = %(hold_id)s::uuid AND hold.state = 'active'
