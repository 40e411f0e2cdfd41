-- Records a customer's answer to a notice. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, recall_case_id, recall_notice_id, version, quantity_held (pieces still there).
UPDATE trace.recall_notice AS notice
SET acknowledged_at = coalesce(notice.acknowledged_at, now()), quantity_held = %(quantity_held)s::numeric
WHERE
    notice.organisation_id = %(organisation_id)s::uuid
    AND notice.recall_case_id = %(recall_case_id)s::uuid
    AND notice.id = %(recall_notice_id)s::uuid
    AND notice.version = %(version)s::integer
