-- What points to a supplier and keeps it from being deleted; one row of counts, no row when there is no such supplier.
-- Parameters: organisation_id, supplier_id.
SELECT
    (
        SELECT count(*)
        FROM trace.batch AS batch
        WHERE batch.organisation_id = supplier.organisation_id AND batch.supplier_id = supplier.id
    ) AS batches
FROM trace.supplier AS supplier
WHERE supplier.organisation_id = %(organisation_id)s::uuid AND supplier.id = %(supplier_id)s::uuid
