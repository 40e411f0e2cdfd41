-- Replaces the settings of the caller's organisation if they still have the version that was seen.
-- Zero rows: changed meanwhile.
-- Parameters: organisation_id, version, name, country, time_zone (IANA), language, contact_email, contact_phone, resolver_origin.
UPDATE core.organisation AS organisation
SET
    name = %(name)s::text,
    country = %(country)s::text,
    time_zone = %(time_zone)s::text,
    language = %(language)s::text,
    contact_email = %(contact_email)s::text,
    contact_phone = %(contact_phone)s::text,
    resolver_origin = %(resolver_origin)s::text
WHERE
    organisation.id = %(organisation_id)s::uuid
    AND organisation.version = %(version)s::integer
