-- Changes a batch if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, batch_id, version, note, best_before_on, farm_id, supplier_id (each the new value or NULL).
UPDATE trace.batch AS batch
SET
    note = %(note)s::text,
    best_before_on = %(best_before_on)s::date,
    farm_id = %(farm_id)s::uuid,
    supplier_id = %(supplier_id)s::uuid
WHERE
    batch.organisation_id = %(organisation_id)s::uuid
    AND batch.id = %(batch_id)s::uuid
    AND batch.version = %(version)s::integer
