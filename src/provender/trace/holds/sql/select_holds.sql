-- One page of holds, the latest placed first; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; is_active (boolean or NULL for both); batch_id (or NULL for all); last_placed_at, last_id
-- (key of the last row seen, NULL at the first page); page_size (rows).
-- Order: placed_at, then id, the latest first.
-- The page is cut first. JOIN to batch and material is required and drops nothing; the LEFT OUTER JOIN to the recall
-- case keeps holds that a person placed. on_hand: of the batch now, in its base unit.
WITH page AS (
    SELECT
        hold.id,
        hold.batch_id,
        hold.recall_case_id,
        hold.reason,
        hold.state,
        hold.placed_at,
        hold.placed_by_name,
        hold.released_at,
        hold.released_by_name,
        hold.release_reason
    FROM trace.hold AS hold
    WHERE
        hold.organisation_id = %(organisation_id)s::uuid
        AND (%(is_active)s::boolean IS NULL OR (hold.state = 'active') = %(is_active)s::boolean)
        AND (%(batch_id)s::uuid IS NULL OR hold.batch_id = %(batch_id)s::uuid)
        AND (
            %(last_placed_at)s::timestamptz IS NULL
            OR (hold.placed_at, hold.id) < (%(last_placed_at)s::timestamptz, %(last_id)s::uuid)
        )
    ORDER BY
        hold.placed_at DESC,
        hold.id DESC
    LIMIT %(page_size)s::integer + 1
),

cut AS (
    SELECT
        page.id,
        page.batch_id,
        page.recall_case_id,
        page.reason,
        page.state,
        page.placed_at,
        page.placed_by_name,
        page.released_at,
        page.released_by_name,
        page.release_reason
    FROM page
    ORDER BY
        page.placed_at DESC,
        page.id DESC
    LIMIT %(page_size)s::integer
),

shown AS (
    SELECT
        page.placed_at,
        page.id,
        json_build_object(
            'id', page.id,
            'batch', json_build_object(
                'id', batch.id,
                'code', batch.code,
                'material_name', material.name,
                'base_unit', material.base_unit,
                'on_hand', trim_scale(trace.batch_on_hand(batch.organisation_id, batch.id))
            ),
            'reason', page.reason,
            'state', page.state,
            'placed_at', page.placed_at,
            'placed_by_name', page.placed_by_name,
            'released_at', page.released_at,
            'released_by_name', page.released_by_name,
            'release_reason', page.release_reason,
            'recall_case', CASE WHEN recall.id IS NOT NULL THEN json_build_object('id', recall.id, 'number', recall.number) END
        ) AS item
    FROM cut AS page
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND page.batch_id = batch.id
    INNER JOIN trace.material AS material
        ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    LEFT OUTER JOIN trace.recall_case AS recall
        ON recall.organisation_id = %(organisation_id)s::uuid AND page.recall_case_id = recall.id
)

SELECT
    (SELECT coalesce(json_agg(shown.item ORDER BY shown.placed_at DESC, shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(cut.placed_at, cut.id) FROM cut ORDER BY cut.placed_at ASC, cut.id ASC LIMIT 1)
    END AS next_key
