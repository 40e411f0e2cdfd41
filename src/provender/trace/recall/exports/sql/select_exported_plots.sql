-- One page of the plots behind the roots of a case; one row: items (JSON array), next_key.
-- Parameters: organisation_id, recall_case_id; last_id (plot id of the last row seen, or NULL); page_size (plots).
-- Order: plot id.
-- INNER JOINs drop nothing: every plot has a farm. A batch stands for itself and everything it was made from. Where its
-- plots are written down, these count; where only its farm is, every plot of the farm that is in use does, for it may be
-- any of them (is_recorded false).
WITH behind AS MATERIALIZED (
    SELECT ancestor.batch_id
    FROM (
        SELECT array_agg(root.batch_id) AS batch_ids
        FROM trace.recall_root AS root
        WHERE root.organisation_id = %(organisation_id)s::uuid AND root.recall_case_id = %(recall_case_id)s::uuid
    ) AS roots
    CROSS JOIN LATERAL trace.ancestor_batches(%(organisation_id)s::uuid, roots.batch_ids) AS ancestor (batch_id)
),

claim AS (
    SELECT
        origin.plot_id,
        batch.code,
        true AS is_recorded
    FROM behind
    INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND behind.batch_id = batch.id
    INNER JOIN trace.batch_origin AS origin
        ON origin.organisation_id = %(organisation_id)s::uuid AND behind.batch_id = origin.batch_id
    UNION ALL
    SELECT
        plot.id AS plot_id,
        batch.code,
        false AS is_recorded
    FROM behind
    INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND behind.batch_id = batch.id
    INNER JOIN trace.plot AS plot
        ON
            plot.organisation_id = %(organisation_id)s::uuid
            AND batch.farm_id = plot.farm_id
            AND plot.archived_at IS NULL
    WHERE
        NOT EXISTS (
            SELECT FROM trace.batch_origin AS origin
            WHERE origin.organisation_id = %(organisation_id)s::uuid AND origin.batch_id = batch.id
        )
),

page AS (
    SELECT
        claim.plot_id,
        bool_or(claim.is_recorded) AS is_recorded,
        json_agg(DISTINCT claim.code) AS batch_codes
    FROM claim
    WHERE %(last_id)s::uuid IS NULL OR claim.plot_id > %(last_id)s::uuid
    GROUP BY claim.plot_id
    ORDER BY claim.plot_id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        plot.id,
        plot.name AS plot,
        farm.name AS farm,
        coalesce(farm.producer_name, farm.name) AS producer,
        farm.country,
        farm.region,
        trim_scale(plot.area_ha) AS area_ha,
        plot.geometry,
        named.is_recorded,
        named.batch_codes
    FROM page AS named
    INNER JOIN trace.plot AS plot ON plot.organisation_id = %(organisation_id)s::uuid AND named.plot_id = plot.id
    INNER JOIN trace.farm AS farm ON farm.organisation_id = %(organisation_id)s::uuid AND plot.farm_id = farm.id
    ORDER BY named.plot_id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.id) FROM shown ORDER BY shown.id DESC LIMIT 1)
    END AS next_key
