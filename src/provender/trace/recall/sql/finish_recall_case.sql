-- Finishes a case with a conclusion, if it still has the version that the caller has seen. Zero rows: not there,
-- changed meanwhile, or finished already.
-- Parameters: organisation_id, recall_case_id, version, conclusion, finished_by_name.
UPDATE trace.recall_case AS recall_case
SET
    state = 'finished',
    finished_at = clock_timestamp(),
    finished_by_name = %(finished_by_name)s::text,
    conclusion = %(conclusion)s::text
WHERE
    recall_case.organisation_id = %(organisation_id)s::uuid
    AND recall_case.id = %(recall_case_id)s::uuid
    AND recall_case.version = %(version)s::integer
    AND recall_case.state = 'open'
