-- The roots of a case and how each was found; a row is a root.
-- Parameters: organisation_id, recall_case_id.
-- Order: batch id.
SELECT
    root.batch_id,
    root.code_match
FROM trace.recall_root AS root
WHERE root.organisation_id = %(organisation_id)s::uuid AND root.recall_case_id = %(recall_case_id)s::uuid
ORDER BY root.batch_id ASC
