-- One page of farms, each with how many plots and batches it has; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; name_prefix (text or NULL for all); is_archived (boolean or NULL for both);
-- last_name, last_id (key of the last row seen, NULL at the first page); page_size (rows).
-- Order: name, then id.
-- The page is cut first; then plots and batches are counted per farm, each in its own LATERAL that always gives
-- one row, so that a farm without any is listed with 0 and the two children do not multiply each other. A batch
-- that names the farm counts once; the INNER JOIN finds those that name another or none but hold harvest of its plots.
WITH page AS (
    SELECT
        farm.id,
        farm.name,
        farm.producer_name,
        farm.country,
        farm.region,
        farm.note,
        farm.archived_at,
        farm.version
    FROM trace.farm AS farm
    WHERE
        farm.organisation_id = %(organisation_id)s::uuid
        AND (%(name_prefix)s::text IS NULL OR starts_with(lower(farm.name), lower(%(name_prefix)s::text)))
        AND (%(is_archived)s::boolean IS NULL OR (farm.archived_at IS NOT NULL) = %(is_archived)s::boolean)
        AND (%(last_name)s::text IS NULL OR (farm.name, farm.id) > (%(last_name)s::text, %(last_id)s::uuid))
    ORDER BY
        farm.name ASC,
        farm.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.name,
        page.producer_name,
        page.country,
        page.region,
        page.note,
        page.archived_at,
        page.version,
        plot.plot_count,
        named.batch_count + blended.batch_count AS batch_count
    FROM page
    CROSS JOIN LATERAL (
        SELECT count(*) AS plot_count
        FROM trace.plot AS plot
        WHERE plot.organisation_id = %(organisation_id)s::uuid AND plot.farm_id = page.id
    ) AS plot
    CROSS JOIN LATERAL (
        SELECT count(*) AS batch_count
        FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.farm_id = page.id
    ) AS named
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT origin.batch_id) AS batch_count
        FROM trace.batch_origin AS origin
        INNER JOIN trace.batch AS batch
            ON origin.organisation_id = batch.organisation_id AND origin.batch_id = batch.id
        WHERE
            origin.organisation_id = %(organisation_id)s::uuid
            AND origin.farm_id = page.id
            AND batch.farm_id IS DISTINCT FROM page.id
    ) AS blended
    ORDER BY
        page.name ASC,
        page.id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.name ASC, shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.name, shown.id) FROM shown ORDER BY shown.name DESC, shown.id DESC LIMIT 1)
    END AS next_key
