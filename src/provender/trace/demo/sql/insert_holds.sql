-- Adds holds, active unless released; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.hold (
    organisation_id,
    id,
    batch_id,
    reason,
    placed_at,
    placed_by_name,
    released_at,
    released_by_name,
    release_reason,
    state
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.batch_id,
    told.reason,
    told.placed_at,
    told.placed_by_name,
    told.released_at,
    told.released_by_name,
    told.release_reason,
    CASE WHEN told.released_at IS NULL THEN 'active' ELSE 'released' END AS state
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        batch_id uuid,
        reason text,
        placed_at timestamptz,
        placed_by_name text,
        released_at timestamptz,
        released_by_name text,
        release_reason text
    )
