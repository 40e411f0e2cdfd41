-- What a batch or farm is called; one row, or none when there is no such thing.
-- Parameters: organisation_id; batch_id or farm_id (the other is NULL).
-- Order: one row at most. The INNER JOIN drops nothing: every batch has its material.
SELECT
    batch.code AS label,
    material.name AS sublabel
FROM trace.batch AS batch
INNER JOIN trace.material AS material
    ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = %(batch_id)s::uuid
UNION ALL
SELECT
    farm.name AS label,
    farm.country AS sublabel
FROM trace.farm AS farm
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
