-- The newest batches of a farm, for its page: those that name the farm and those that hold harvest of its plots;
-- one row: items (JSON array). An empty array when there are none.
-- Parameters: organisation_id, farm_id, most (rows).
-- Order: day of making, newest first, then id.
-- INNER JOINs: a batch always has a material. UNION: a batch that is both is listed once.
SELECT coalesce(json_agg(listed ORDER BY listed.made_on DESC, listed.id DESC), '[]') AS items
FROM (
    SELECT
        batch.id,
        batch.code,
        batch.made_on,
        material.name AS material_name
    FROM (
        SELECT named.id
        FROM trace.batch AS named
        WHERE named.organisation_id = %(organisation_id)s::uuid AND named.farm_id = %(farm_id)s::uuid
        UNION
        SELECT origin.batch_id
        FROM trace.batch_origin AS origin
        WHERE origin.organisation_id = %(organisation_id)s::uuid AND origin.farm_id = %(farm_id)s::uuid
    ) AS found
    INNER JOIN trace.batch AS batch ON found.id = batch.id AND batch.organisation_id = %(organisation_id)s::uuid
    INNER JOIN trace.material AS material
        ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    ORDER BY
        batch.made_on DESC,
        batch.id DESC
    LIMIT %(most)s::integer
) AS listed
