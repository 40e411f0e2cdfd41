-- One page of the plots of a farm; one row: items (JSON array), next_key, and whether the farm exists.
-- Parameters: organisation_id, farm_id; is_archived (boolean or NULL for both); last_name, last_id (key of the last
-- row seen, NULL at the first page); page_size (rows).
-- Order: name, then id.
-- The page is cut first; then batches are counted per plot in a LATERAL that always gives one row: a plot without
-- any has 0.
WITH page AS (
    SELECT
        plot.id,
        plot.farm_id,
        plot.name,
        plot.geometry,
        trim_scale(plot.area_ha) AS area_ha,
        plot.archived_at,
        plot.version
    FROM trace.plot AS plot
    WHERE
        plot.organisation_id = %(organisation_id)s::uuid
        AND plot.farm_id = %(farm_id)s::uuid
        AND (%(is_archived)s::boolean IS NULL OR (plot.archived_at IS NOT NULL) = %(is_archived)s::boolean)
        AND (%(last_name)s::text IS NULL OR (plot.name, plot.id) > (%(last_name)s::text, %(last_id)s::uuid))
    ORDER BY
        plot.name ASC,
        plot.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.farm_id,
        page.name,
        page.geometry,
        page.area_ha,
        page.archived_at,
        page.version,
        origin.batch_count
    FROM page
    CROSS JOIN LATERAL (
        SELECT count(*) AS batch_count
        FROM trace.batch_origin AS origin
        WHERE origin.organisation_id = %(organisation_id)s::uuid AND origin.plot_id = page.id
    ) AS origin
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
FROM trace.farm AS farm
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
