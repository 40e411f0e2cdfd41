-- One page of recall cases, or the one that is named, each with what was found; one row: items (JSON array), next_key.
-- Parameters: organisation_id; recall_case_id (or NULL); state, kind (filters, or NULL for all); last_opened_at,
-- last_id (key of the last row seen, or NULL); page_size (cases).
-- Order: newest first, then id downwards.
-- The page is cut first; items, notices, roots and complaints are counted after, each in a LATERAL that always gives
-- one row, so that a case without any is listed with 0 and none multiplies another. is_stale: movements were recorded
-- since the case was opened. LEFT JOIN keeps cases that no exercise went before.
WITH page AS (
    SELECT
        recall_case.id,
        recall_case.number,
        recall_case.kind,
        recall_case.title,
        recall_case.reason,
        recall_case.state,
        recall_case.opened_at,
        recall_case.opened_by_name,
        recall_case.finished_at,
        recall_case.finished_by_name,
        recall_case.conclusion,
        recall_case.watermark,
        recall_case.result_hash,
        recall_case.duration_ms,
        recall_case.version
    FROM trace.recall_case AS recall_case
    WHERE
        recall_case.organisation_id = %(organisation_id)s::uuid
        AND (%(recall_case_id)s::uuid IS NULL OR recall_case.id = %(recall_case_id)s::uuid)
        AND (%(state)s::text IS NULL OR recall_case.state = %(state)s::text)
        AND (%(kind)s::text IS NULL OR recall_case.kind = %(kind)s::text)
        AND (
            %(last_opened_at)s::timestamptz IS NULL
            OR (recall_case.opened_at, recall_case.id) < (%(last_opened_at)s::timestamptz, %(last_id)s::uuid)
        )
    ORDER BY recall_case.opened_at DESC, recall_case.id DESC
    LIMIT %(page_size)s::integer + 1
),

first_page AS (
    SELECT
        page.id,
        page.number,
        page.kind,
        page.title,
        page.reason,
        page.state,
        page.opened_at,
        page.opened_by_name,
        page.finished_at,
        page.finished_by_name,
        page.conclusion,
        page.watermark,
        page.result_hash,
        page.duration_ms,
        page.version
    FROM page
    ORDER BY page.opened_at DESC, page.id DESC
    LIMIT %(page_size)s::integer
),

newest AS MATERIALIZED (
    SELECT entry.id::text AS watermark
    FROM core.audit_entry AS entry
    WHERE
        entry.organisation_id = %(organisation_id)s::uuid
        AND entry.table_name IN (
            'trace.process', 'trace.shipment', 'trace.shipment_line', 'trace.return_line', 'trace.allocation', 'trace.batch'
        )
    ORDER BY entry.id DESC
    LIMIT 1
),

counted AS (
    SELECT
        item.recall_case_id,
        item.class,
        count(*) AS items,
        count(*) FILTER (WHERE item.kind = 'batch' AND item.certainty <> 'time_excluded') AS batches,
        count(*) FILTER (WHERE item.action = 'sign_off' AND item.done_at IS NULL) AS sign_offs,
        sum(item.quantity - coalesce(item.returned_quantity, 0)) FILTER (WHERE item.action = 'notify') AS shipped,
        sum(item.quantity) FILTER (WHERE item.action = 'stop') AS stopped,
        sum(item.mass_g) FILTER (WHERE item.kind = 'stock' AND item.class = 'contained') AS on_hand_mass_g
    FROM first_page AS page
    INNER JOIN trace.recall_item AS item
        ON item.organisation_id = %(organisation_id)s::uuid AND page.id = item.recall_case_id
    GROUP BY item.recall_case_id, item.class
),

shown AS (
    SELECT
        page.id,
        page.number,
        page.kind,
        page.title,
        page.reason,
        page.state,
        page.opened_at,
        page.opened_by_name,
        page.finished_at,
        page.finished_by_name,
        page.conclusion,
        page.result_hash,
        page.duration_ms,
        page.version,
        page.watermark <> coalesce((SELECT newest.watermark FROM newest), 'none') AS is_stale,
        item.item_count,
        item.batch_count,
        item.order_count,
        item.customer_count,
        item.shipped_quantity,
        item.stopped_quantity,
        item.on_hand_mass_g,
        item.open_sign_off_count,
        item.count_by_class,
        notice.notice_count,
        notice.sent_count,
        notice.acknowledged_count,
        notice.quantity_held,
        root.roots,
        complaint.complaints,
        extract(EPOCH FROM page.finished_at - page.opened_at)::integer AS finished_after_s,
        previous.previous_exercise
    FROM first_page AS page
    CROSS JOIN LATERAL (
        SELECT
            sum(counted.items)::bigint AS item_count,
            json_object_agg(counted.class, counted.items) AS count_by_class,
            coalesce(sum(counted.batches), 0)::bigint AS batch_count,
            coalesce(sum(counted.sign_offs), 0)::bigint AS open_sign_off_count,
            trim_scale(coalesce(sum(counted.shipped), 0)) AS shipped_quantity,
            trim_scale(coalesce(sum(counted.stopped), 0)) AS stopped_quantity,
            trim_scale(coalesce(sum(counted.on_hand_mass_g), 0)) AS on_hand_mass_g,
            (
                SELECT count(DISTINCT one.order_id) FROM trace.recall_item AS one
                WHERE
                    one.organisation_id = %(organisation_id)s::uuid AND one.recall_case_id = page.id
                    AND one.kind IN ('shipment_line', 'allocation') AND one.certainty <> 'time_excluded'
            ) AS order_count,
            (
                SELECT count(DISTINCT one.customer_id) FROM trace.recall_item AS one
                WHERE
                    one.organisation_id = %(organisation_id)s::uuid AND one.recall_case_id = page.id
                    AND one.action = 'notify'
            ) AS customer_count
        FROM counted
        WHERE counted.recall_case_id = page.id
    ) AS item
    CROSS JOIN LATERAL (
        SELECT
            count(*) AS notice_count,
            count(notice.sent_at) AS sent_count,
            count(notice.acknowledged_at) AS acknowledged_count,
            trim_scale(sum(notice.quantity_held)) AS quantity_held
        FROM trace.recall_notice AS notice
        WHERE notice.organisation_id = %(organisation_id)s::uuid AND notice.recall_case_id = page.id
    ) AS notice
    CROSS JOIN LATERAL (
        SELECT
            coalesce(
                json_agg(
                    json_build_object('id', batch.id, 'code', batch.code, 'material', material.name)
                    ORDER BY batch.code ASC
                ),
                '[]'
            ) AS roots
        FROM trace.recall_root AS root
        INNER JOIN trace.batch AS batch
            ON batch.organisation_id = %(organisation_id)s::uuid AND root.batch_id = batch.id
        INNER JOIN trace.material AS material
            ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
        WHERE root.organisation_id = %(organisation_id)s::uuid AND root.recall_case_id = page.id
    ) AS root
    CROSS JOIN LATERAL (
        SELECT
            coalesce(
                json_agg(json_build_object('id', complaint.id, 'name', complaint.number) ORDER BY complaint.number ASC), '[]'
            ) AS complaints
        FROM trace.recall_complaint AS link
        INNER JOIN trace.complaint AS complaint
            ON complaint.organisation_id = %(organisation_id)s::uuid AND link.complaint_id = complaint.id
        WHERE link.organisation_id = %(organisation_id)s::uuid AND link.recall_case_id = page.id
    ) AS complaint
    LEFT OUTER JOIN LATERAL (
        SELECT
            json_build_object(
                'id', earlier.id,
                'number', earlier.number,
                'duration_ms', earlier.duration_ms,
                'finished_after_s', extract(EPOCH FROM earlier.finished_at - earlier.opened_at)::integer,
                'has_same_answer', earlier.result_hash = page.result_hash
            ) AS previous_exercise
        FROM trace.recall_case AS earlier
        WHERE
            earlier.organisation_id = %(organisation_id)s::uuid
            AND page.kind = 'mock'
            AND earlier.kind = 'mock'
            AND earlier.opened_at < page.opened_at
        ORDER BY earlier.opened_at DESC
        LIMIT 1
    ) AS previous ON true
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.opened_at DESC, shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (
                SELECT json_build_array(shown.opened_at, shown.id) FROM shown
                ORDER BY shown.opened_at ASC, shown.id ASC LIMIT 1
            )
    END AS next_key
