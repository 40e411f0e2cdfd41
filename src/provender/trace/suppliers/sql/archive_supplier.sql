-- Retires a supplier, or brings it back. Zero rows: not there.
-- Parameters: organisation_id, supplier_id, is_archived.
UPDATE trace.supplier AS supplier
SET archived_at = CASE WHEN %(is_archived)s::boolean THEN coalesce(supplier.archived_at, now()) END
WHERE supplier.organisation_id = %(organisation_id)s::uuid AND supplier.id = %(supplier_id)s::uuid
