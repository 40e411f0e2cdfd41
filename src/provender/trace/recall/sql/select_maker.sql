-- Who the notices of a case come from; one row.
-- Parameters: organisation_id.
SELECT
    organisation.name,
    organisation.contact_email,
    organisation.contact_phone
FROM core.organisation AS organisation
WHERE organisation.id = %(organisation_id)s::uuid
