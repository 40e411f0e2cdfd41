-- Opens a case with the answer that was computed; one row, its id.
-- Parameters: organisation_id, recall_case_id, number, kind (real, withdrawal or mock), title, reason, opened_at,
-- opened_by_name, watermark, result_hash, duration_ms (from the question to the stored answer).
INSERT INTO trace.recall_case (
    organisation_id,
    id,
    number,
    kind,
    title,
    reason,
    opened_at,
    opened_by_name,
    watermark,
    result_hash,
    duration_ms
)
VALUES (
    %(organisation_id)s::uuid,
    %(recall_case_id)s::uuid,
    %(number)s::text,
    %(kind)s::text,
    %(title)s::text,
    %(reason)s::text,
    %(opened_at)s::timestamptz,
    %(opened_by_name)s::text,
    %(watermark)s::text,
    %(result_hash)s::text,
    %(duration_ms)s::integer
)
