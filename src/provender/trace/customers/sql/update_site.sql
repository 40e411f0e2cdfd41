-- Replaces a site if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, site_id, version, name, address, country (ISO 3166-1 alpha-2), time_zone (IANA name).
UPDATE trace.customer_site AS site
SET
    name = %(name)s::text,
    address = %(address)s::text,
    country = %(country)s::text,
    time_zone = %(time_zone)s::text
WHERE
    site.organisation_id = %(organisation_id)s::uuid
    AND site.id = %(site_id)s::uuid
    AND site.version = %(version)s::integer
