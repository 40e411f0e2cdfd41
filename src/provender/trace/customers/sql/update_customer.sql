-- Replaces a customer if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, customer_id, version, name, country (ISO 3166-1 alpha-2),
-- language (of notices: en, de, ja), email, phone, note.
UPDATE trace.customer AS customer
SET
    name = %(name)s::text,
    country = %(country)s::text,
    language = %(language)s::text,
    email = %(email)s::text,
    phone = %(phone)s::text,
    note = %(note)s::text
WHERE
    customer.organisation_id = %(organisation_id)s::uuid
    AND customer.id = %(customer_id)s::uuid
    AND customer.version = %(version)s::integer
