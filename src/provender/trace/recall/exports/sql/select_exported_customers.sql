-- One page of the customers of a case with what each got and answered; one row: items (JSON array), next_key.
-- Parameters: organisation_id, recall_case_id; last_id (customer id of the last row seen, or NULL); page_size (customers).
-- Order: customer id. What time excludes is not counted.
-- Items are summed per customer before anything is joined, so that the notice, of which there is one at most, multiplies
-- nothing; the LEFT OUTER JOIN keeps customers without notice. Orders are counted, not rows.
WITH page AS (
    SELECT
        item.customer_id,
        count(DISTINCT item.order_id) AS order_count,
        sum(item.quantity) FILTER (WHERE item.kind = 'shipment_line' AND item.action = 'notify') AS shipped_quantity,
        sum(item.returned_quantity) FILTER (WHERE item.kind = 'shipment_line' AND item.action = 'notify') AS returned_quantity,
        sum(item.quantity) FILTER (WHERE item.action = 'stop') AS stopped_quantity,
        sum(item.mass_g) FILTER (WHERE item.kind = 'shipment_line' AND item.action = 'notify') AS shipped_mass_g
    FROM trace.recall_item AS item
    WHERE
        item.organisation_id = %(organisation_id)s::uuid
        AND item.recall_case_id = %(recall_case_id)s::uuid
        AND item.kind IN ('shipment_line', 'allocation')
        AND item.certainty <> 'time_excluded'
        AND (%(last_id)s::uuid IS NULL OR item.customer_id > %(last_id)s::uuid)
    GROUP BY item.customer_id
    ORDER BY item.customer_id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        customer.id,
        customer.name AS customer,
        customer.country,
        customer.email,
        customer.phone,
        total.order_count,
        trim_scale(coalesce(total.shipped_quantity, 0)) AS shipped_quantity,
        trim_scale(coalesce(total.returned_quantity, 0)) AS returned_quantity,
        trim_scale(coalesce(total.stopped_quantity, 0)) AS stopped_quantity,
        trim_scale(coalesce(total.shipped_mass_g, 0) / 1000) AS shipped_mass_kg,
        trim_scale(notice.quantity) AS asked_back_quantity,
        notice.sent_at,
        notice.acknowledged_at,
        trim_scale(notice.quantity_held) AS quantity_held
    FROM page AS total
    INNER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND total.customer_id = customer.id
    LEFT OUTER JOIN trace.recall_notice AS notice
        ON
            notice.organisation_id = %(organisation_id)s::uuid
            AND notice.recall_case_id = %(recall_case_id)s::uuid
            AND total.customer_id = notice.customer_id
    ORDER BY total.customer_id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.id) FROM shown ORDER BY shown.id DESC LIMIT 1)
    END AS next_key
