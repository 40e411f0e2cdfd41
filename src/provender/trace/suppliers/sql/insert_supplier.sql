-- Adds a supplier; one row, its id. A taken name violates supplier_name_unique.
-- Parameters: organisation_id, name, country (ISO 3166-1 alpha-2), email, note.
INSERT INTO trace.supplier (organisation_id, name, country, email, note)
VALUES (
    %(organisation_id)s::uuid,
    %(name)s::text,
    %(country)s::text,
    %(email)s::text,
    %(note)s::text
)
RETURNING id
