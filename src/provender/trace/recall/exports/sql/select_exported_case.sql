-- What every export of a case says about it and its maker; one row, or none when there is no such case.
-- Parameters: organisation_id, recall_case_id.
-- Order: one row at most. The INNER JOIN drops nothing: every case has its organisation.
SELECT
    recall_case.id,
    recall_case.number,
    recall_case.kind,
    recall_case.title,
    recall_case.reason,
    recall_case.opened_at,
    organisation.id AS organisation_id,
    organisation.name AS organisation_name,
    organisation.country AS organisation_country,
    organisation.contact_email,
    organisation.contact_phone,
    organisation.resolver_origin
FROM trace.recall_case AS recall_case
INNER JOIN core.organisation AS organisation ON recall_case.organisation_id = organisation.id
WHERE recall_case.organisation_id = %(organisation_id)s::uuid AND recall_case.id = %(recall_case_id)s::uuid
