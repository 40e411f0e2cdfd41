-- Whether a batch is on hold; one row.
-- Parameters: organisation_id, batch_id.
SELECT exists(
    SELECT FROM trace.hold AS hold
    WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.batch_id = %(batch_id)s::uuid AND hold.state = 'active'
) AS is_held
