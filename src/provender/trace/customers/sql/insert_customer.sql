-- Adds a customer; one row, its id. A taken name violates customer_name_unique.
-- Parameters: organisation_id, name, country (ISO 3166-1 alpha-2),
-- language (of notices: en, de, ja), email, phone, note.
INSERT INTO trace.customer (organisation_id, name, country, language, email, phone, note)
VALUES (
    %(organisation_id)s::uuid,
    %(name)s::text,
    %(country)s::text,
    %(language)s::text,
    %(email)s::text,
    %(phone)s::text,
    %(note)s::text
)
RETURNING id
