-- Batches that printed codes may mean: one row per code wanted and batch with the same folded code.
-- Parameters: organisation_id, codes (array of text, as typed).
-- Order: the code wanted, batches with exactly this code first, then the latest made.
-- JOIN: a code that no batch has drops out; batch to material is required and drops nothing.
SELECT
    wanted.code AS wanted,
    batch.id,
    batch.code,
    batch.material_id,
    material.name AS material_name,
    batch.code = wanted.code AS is_exact
FROM unnest(%(codes)s::text[]) AS wanted (code)
INNER JOIN trace.batch AS batch
    ON batch.organisation_id = %(organisation_id)s::uuid AND batch.code_key = trace.batch_code_key(wanted.code)
INNER JOIN trace.material AS material
    ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
ORDER BY
    wanted.code ASC,
    is_exact DESC,
    batch.made_on DESC,
    batch.id DESC
