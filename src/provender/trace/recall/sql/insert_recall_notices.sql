-- Writes the notices of a case, one per customer.
-- Parameters: organisation_id, recall_case_id, notices (JSON array of objects: customer_id, language, subject, body,
-- quantity in pieces as text).
INSERT INTO trace.recall_notice (organisation_id, recall_case_id, customer_id, language, subject, body, quantity)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    %(recall_case_id)s::uuid AS recall_case_id,
    notice.customer_id,
    notice.language,
    notice.subject,
    notice.body,
    notice.quantity
FROM
    jsonb_to_recordset(%(notices)s::jsonb) AS notice (
        customer_id uuid,
        language text,
        subject text,
        body text,
        quantity numeric
    )
