-- The sources of some batches: everything they were made from that was itself made from nothing; a row is a source.
-- Parameters: organisation_id, batch_ids (uuid array).
-- Order: material kind, code, id. LEFT JOINs keep sources without farm or supplier.
SELECT
    batch.id,
    batch.code,
    material.name AS material_name,
    material.kind AS material_kind,
    batch.made_on,
    farm.name AS farm_name,
    supplier.name AS supplier_name
FROM trace.ancestor_batches(%(organisation_id)s::uuid, %(batch_ids)s::uuid[]) AS ancestor (batch_id)
INNER JOIN trace.batch AS batch
    ON batch.organisation_id = %(organisation_id)s::uuid AND ancestor.batch_id = batch.id
INNER JOIN trace.material AS material
    ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
LEFT OUTER JOIN trace.farm AS farm ON farm.organisation_id = %(organisation_id)s::uuid AND batch.farm_id = farm.id
LEFT OUTER JOIN trace.supplier AS supplier
    ON supplier.organisation_id = %(organisation_id)s::uuid AND batch.supplier_id = supplier.id
WHERE
    NOT EXISTS (
        SELECT FROM trace.process_output AS output
        INNER JOIN trace.process_input AS input
            ON input.organisation_id = %(organisation_id)s::uuid AND output.process_id = input.process_id AND NOT input.is_void
        WHERE output.organisation_id = %(organisation_id)s::uuid AND output.batch_id = batch.id AND NOT output.is_void
    )
ORDER BY material.kind ASC, batch.code ASC, batch.id ASC
