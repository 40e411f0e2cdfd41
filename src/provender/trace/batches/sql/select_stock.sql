-- Batches with what is on hand of them, for a decision; asked after they were locked, it sees what others committed.
-- Parameters: organisation_id, batch_ids (array of uuid).
-- Order: id.
-- JOIN to material is required and drops nothing.
SELECT
    batch.id,
    batch.code,
    batch.material_id,
    material.kind AS material_kind,
    material.base_unit,
    batch.unit_mass_g,
    batch.product_id,
    trace.batch_on_hand(batch.organisation_id, batch.id) AS on_hand,
    trace.batch_allocated(batch.organisation_id, batch.id) AS allocated,
    exists(
        SELECT FROM trace.hold AS hold
        WHERE hold.organisation_id = batch.organisation_id AND hold.batch_id = batch.id AND hold.state = 'active'
    ) AS is_held
FROM trace.batch AS batch
INNER JOIN trace.material AS material
    ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = any(%(batch_ids)s::uuid[])
ORDER BY
    batch.id ASC
