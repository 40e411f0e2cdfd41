-- One supplier as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, supplier_id.
-- What points to it is counted in LATERALs that always give one row: one without any has 0.
SELECT
    json_build_object(
        'id', supplier.id,
        'name', supplier.name,
        'country', supplier.country,
        'email', supplier.email,
        'note', supplier.note,
        'archived_at', supplier.archived_at,
        'version', supplier.version,
        'batch_count', batch.batch_count
    ) AS supplier,
    supplier.version
FROM trace.supplier AS supplier
CROSS JOIN LATERAL (
    SELECT count(*) AS batch_count
    FROM trace.batch AS batch
    WHERE batch.organisation_id = supplier.organisation_id AND batch.supplier_id = supplier.id
) AS batch
WHERE supplier.organisation_id = %(organisation_id)s::uuid AND supplier.id = %(supplier_id)s::uuid
