-- What may be changed of a batch, and whether anything has left it; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, batch_id.
SELECT
    batch.note,
    batch.best_before_on,
    batch.farm_id,
    batch.supplier_id,
    batch.version,
    EXISTS (
        SELECT FROM trace.process_input AS line
        WHERE line.organisation_id = batch.organisation_id AND line.batch_id = batch.id AND NOT line.is_void
    )
    OR EXISTS (
        SELECT FROM trace.shipment_line AS line
        WHERE line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    ) AS is_used
FROM trace.batch AS batch
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = %(batch_id)s::uuid
