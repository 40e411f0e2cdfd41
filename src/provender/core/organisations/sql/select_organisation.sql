-- The organisation of the caller as JSON, and its version; one row.
-- Parameters: organisation_id.
SELECT
    json_build_object(
        'id', organisation.id,
        'name', organisation.name,
        'country', organisation.country,
        'time_zone', organisation.time_zone,
        'language', organisation.language,
        'contact_email', organisation.contact_email,
        'contact_phone', organisation.contact_phone,
        'resolver_origin', organisation.resolver_origin,
        'version', organisation.version
    ) AS organisation,
    organisation.version
FROM core.organisation AS organisation
WHERE organisation.id = %(organisation_id)s::uuid
