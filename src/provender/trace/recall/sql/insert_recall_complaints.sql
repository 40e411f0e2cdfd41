-- Names the complaints that a case answers. A complaint that is not there violates recall_complaint_complaint_fkey.
-- Parameters: organisation_id, recall_case_id, complaint_ids (uuid array).
INSERT INTO trace.recall_complaint (organisation_id, recall_case_id, complaint_id)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    %(recall_case_id)s::uuid AS recall_case_id,
    complaint.complaint_id
FROM unnest(%(complaint_ids)s::uuid[]) AS complaint (complaint_id)
