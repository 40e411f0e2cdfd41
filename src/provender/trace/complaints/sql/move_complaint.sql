-- Moves a complaint to a state; the database refuses moves that do not exist (complaint_move). Zero rows: not there.
-- Parameters: organisation_id, complaint_id, state, batch_id (NULL keeps the one there is), reason (of closing).
UPDATE trace.complaint AS complaint
SET
    state = %(state)s::text,
    batch_id = coalesce(%(batch_id)s::uuid, complaint.batch_id),
    closed_reason = CASE WHEN %(state)s::text = 'closed' THEN %(reason)s::text END
WHERE complaint.organisation_id = %(organisation_id)s::uuid AND complaint.id = %(complaint_id)s::uuid
