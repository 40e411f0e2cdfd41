-- Replaces a supplier if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, supplier_id, version, name, country (ISO 3166-1 alpha-2), email, note.
UPDATE trace.supplier AS supplier
SET
    name = %(name)s::text,
    country = %(country)s::text,
    email = %(email)s::text,
    note = %(note)s::text
WHERE
    supplier.organisation_id = %(organisation_id)s::uuid
    AND supplier.id = %(supplier_id)s::uuid
    AND supplier.version = %(version)s::integer
