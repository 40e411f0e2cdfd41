-- One page of returns, with how many pieces were restocked, reworked and destroyed; one row: items (JSON array) and next_key.
-- Parameters (NULL: any): organisation_id; customer_id; shipment_id (some of it came back); last_received_at, last_id (key of the last
-- row seen); page_size (rows).
-- Order: the latest received first (received_at, then id, both descending).
-- The page is cut first. The INNER JOIN keeps every return, for each has a customer; its lines are summed in a LATERAL that always
-- gives one row.
WITH page AS (
    SELECT
        receipt.id,
        receipt.number,
        receipt.customer_id,
        receipt.received_at
    FROM trace.return_receipt AS receipt
    WHERE
        receipt.organisation_id = %(organisation_id)s::uuid
        AND (%(customer_id)s::uuid IS NULL OR receipt.customer_id = %(customer_id)s::uuid)
        AND (
            %(shipment_id)s::uuid IS NULL
            OR receipt.id IN (
                SELECT back.return_receipt_id
                FROM trace.shipment_line AS gone
                INNER JOIN trace.return_line AS back
                    ON gone.organisation_id = back.organisation_id AND gone.id = back.shipment_line_id
                WHERE gone.organisation_id = %(organisation_id)s::uuid AND gone.shipment_id = %(shipment_id)s::uuid
            )
        )
        AND (receipt.received_at, receipt.id) < (
            coalesce(%(last_received_at)s::timestamptz, 'infinity'),
            coalesce(%(last_id)s::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        )
    ORDER BY
        receipt.received_at DESC,
        receipt.id DESC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.number,
        json_build_object('id', customer.id, 'name', customer.name, 'country', customer.country) AS customer,
        page.received_at,
        content.line_count,
        trim_scale(content.restocked) AS restocked_quantity,
        trim_scale(content.reworked) AS reworked_quantity,
        trim_scale(content.destroyed) AS destroyed_quantity
    FROM page
    INNER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND page.customer_id = customer.id
    CROSS JOIN LATERAL (
        SELECT
            count(*) AS line_count,
            coalesce(sum(line.quantity) FILTER (WHERE line.disposition = 'restock'), 0) AS restocked,
            coalesce(sum(line.quantity) FILTER (WHERE line.disposition = 'rework'), 0) AS reworked,
            coalesce(sum(line.quantity) FILTER (WHERE line.disposition = 'destroy'), 0) AS destroyed
        FROM trace.return_line AS line
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.return_receipt_id = page.id
    ) AS content
    ORDER BY
        page.received_at DESC,
        page.id DESC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.received_at DESC, shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.received_at, shown.id) FROM shown ORDER BY shown.received_at ASC, shown.id ASC LIMIT 1)
    END AS next_key
