-- Deletes a supplier that nothing points to; what does refuses it (RESTRICT). Zero rows: not there.
-- Parameters: organisation_id, supplier_id.
DELETE FROM trace.supplier AS supplier
WHERE supplier.organisation_id = %(organisation_id)s::uuid AND supplier.id = %(supplier_id)s::uuid
