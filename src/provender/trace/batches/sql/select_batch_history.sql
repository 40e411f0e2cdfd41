-- Who changed what of a batch and its holds, the latest first; one row: entries (JSON array).
-- Parameters: organisation_id, batch_id; most (how many entries).
-- Order: the latest first.
SELECT coalesce(json_agg(entry.item ORDER BY entry.recorded_at DESC, entry.id DESC), '[]') AS entries
FROM (
    SELECT
        audit.recorded_at,
        audit.id,
        json_build_object(
            'recorded_at', audit.recorded_at, 'actor', audit.actor, 'action', audit.action,
            'table_name', audit.table_name, 'change', audit.change
        ) AS item
    FROM core.audit_entry AS audit
    WHERE
        audit.organisation_id = %(organisation_id)s::uuid
        AND (
            audit.row_id = %(batch_id)s::uuid
            OR audit.row_id IN (
                SELECT hold.id FROM trace.hold AS hold
                WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.batch_id = %(batch_id)s::uuid
            )
        )
        AND audit.table_name IN ('trace.batch', 'trace.hold')
    ORDER BY
        audit.recorded_at DESC,
        audit.id DESC
    LIMIT %(most)s::integer
) AS entry
