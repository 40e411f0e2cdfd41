-- Marks the unsent notices of a case as sent; the number of rows is how many there were.
-- Parameters: organisation_id, recall_case_id, sent_by_name.
UPDATE trace.recall_notice AS notice
SET sent_at = now(), sent_by_name = %(sent_by_name)s::text
WHERE
    notice.organisation_id = %(organisation_id)s::uuid
    AND notice.recall_case_id = %(recall_case_id)s::uuid
    AND notice.sent_at IS NULL
