-- The farms from which a batch comes, through everything it was made from; a row is a farm.
-- One row: items (JSON array); no row when the batch does not exist.
-- Parameters: organisation_id, batch_id.
-- Order: name, then id. A farm counts when it delivered one of the batches, or one holds harvest of its plot (UNION:
-- each batch once per farm). INNER JOINs drop nothing, but batches without a farm (sugar, packaging) drop out.
SELECT
    (
        SELECT coalesce(json_agg(listed ORDER BY listed.name ASC, listed.id ASC), '[]')
        FROM (
            SELECT
                farm.id,
                farm.name,
                farm.producer_name,
                farm.country,
                farm.region,
                count(*) AS batch_count,
                json_agg(origin.code ORDER BY origin.code ASC) AS batch_codes
            FROM (
                SELECT
                    batch.id,
                    batch.code,
                    batch.farm_id
                FROM trace.ancestor_batches(%(organisation_id)s::uuid, ARRAY[%(batch_id)s::uuid]) AS reached (batch_id)
                INNER JOIN trace.batch AS batch
                    ON batch.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = batch.id
                WHERE batch.farm_id IS NOT NULL
                UNION
                SELECT
                    batch.id,
                    batch.code,
                    origin.farm_id
                FROM trace.ancestor_batches(%(organisation_id)s::uuid, ARRAY[%(batch_id)s::uuid]) AS reached (batch_id)
                INNER JOIN trace.batch_origin AS origin
                    ON origin.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = origin.batch_id
                INNER JOIN trace.batch AS batch
                    ON batch.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = batch.id
            ) AS origin
            INNER JOIN trace.farm AS farm
                ON farm.organisation_id = %(organisation_id)s::uuid AND origin.farm_id = farm.id
            GROUP BY farm.id, farm.name, farm.producer_name, farm.country, farm.region
        ) AS listed
    ) AS items,
    NULL::json AS next_key
FROM trace.batch AS root
WHERE root.organisation_id = %(organisation_id)s::uuid AND root.id = %(batch_id)s::uuid
