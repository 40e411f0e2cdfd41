-- Adds a site to a customer; one row, its id; no row when there is no such customer. A taken name violates
-- customer_site_name_unique.
-- Parameters: organisation_id, customer_id, name, address, country (ISO 3166-1 alpha-2), time_zone (IANA name).
INSERT INTO trace.customer_site (organisation_id, customer_id, name, address, country, time_zone)
SELECT
    customer.organisation_id,
    customer.id,
    %(name)s::text AS name,
    %(address)s::text AS address,
    %(country)s::text AS country,
    %(time_zone)s::text AS time_zone
FROM trace.customer AS customer
WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.id = %(customer_id)s::uuid
RETURNING id
