-- The orders that got something of a batch, of anything made from it, or of any batch of a farm.
-- One row: items (JSON array of distinct orders) and next_key; no row when the batch or farm does not exist.
-- Parameters: organisation_id; batch_id or farm_id (the other is NULL); is_direct (true: only the batches themselves,
-- not what was made from them); states (text array: which order states count); last_id (order id of the last row
-- seen, or NULL); page_size (orders).
-- Order: order id, which is the order of entry.
-- Shipped and allocated pieces are summed per order before they are joined, so that neither multiplies the other and
-- an order with two lines of one batch counts once. Allocations that were given back count only for cancelled orders
-- (cancelling gives everything back). The inner JOIN to sales_order drops orders in other states.
WITH reached AS MATERIALIZED (
    SELECT coalesce(array_agg(member.batch_id), '{}') AS batch_ids
    FROM (
        SELECT root.batch_id
        FROM
            unnest(
                CASE
                    WHEN %(farm_id)s::uuid IS NULL THEN ARRAY[%(batch_id)s::uuid]
                    ELSE array(SELECT trace.farm_batches(%(organisation_id)s::uuid, %(farm_id)s::uuid))
                END
            ) AS root (batch_id)
        WHERE %(is_direct)s::boolean
        UNION ALL
        SELECT descendant.batch_id
        FROM
            trace.descendant_batches(
                %(organisation_id)s::uuid,
                CASE
                    WHEN %(is_direct)s::boolean THEN '{}'
                    WHEN %(farm_id)s::uuid IS NULL THEN ARRAY[%(batch_id)s::uuid]
                    ELSE array(SELECT trace.farm_batches(%(organisation_id)s::uuid, %(farm_id)s::uuid))
                END
            ) AS descendant (batch_id)
    ) AS member
),

touched AS (
    SELECT
        line.order_id,
        sum(line.quantity) AS shipped_quantity,
        0 AS allocated_quantity,
        0 AS released_quantity
    FROM trace.shipment_line AS line
    WHERE
        line.organisation_id = %(organisation_id)s::uuid
        AND line.batch_id = any((SELECT reached.batch_ids FROM reached)::uuid[])
        AND (%(last_id)s::uuid IS NULL OR line.order_id > %(last_id)s::uuid)
    GROUP BY line.order_id
    UNION ALL
    SELECT
        allocation.order_id,
        0 AS shipped_quantity,
        coalesce(sum(allocation.quantity) FILTER (WHERE allocation.state <> 'released'), 0) AS allocated_quantity,
        coalesce(sum(allocation.quantity) FILTER (WHERE allocation.state = 'released'), 0) AS released_quantity
    FROM trace.allocation AS allocation
    WHERE
        allocation.organisation_id = %(organisation_id)s::uuid
        AND allocation.batch_id = any((SELECT reached.batch_ids FROM reached)::uuid[])
        AND (%(last_id)s::uuid IS NULL OR allocation.order_id > %(last_id)s::uuid)
    GROUP BY allocation.order_id
),

summed AS (
    SELECT
        touched.order_id,
        sum(touched.shipped_quantity) AS shipped_quantity,
        sum(touched.allocated_quantity) AS allocated_quantity,
        sum(touched.released_quantity) AS released_quantity
    FROM touched
    GROUP BY touched.order_id
),

page AS (
    SELECT
        summed.order_id AS id,
        sales_order.number,
        sales_order.customer_reference,
        sales_order.state,
        sales_order.ordered_at,
        sales_order.expected_on,
        sales_order.customer_id,
        summed.shipped_quantity,
        summed.allocated_quantity
    FROM summed
    INNER JOIN trace.sales_order AS sales_order
        ON
            sales_order.organisation_id = %(organisation_id)s::uuid
            AND summed.order_id = sales_order.id
            AND sales_order.state = any(%(states)s::text[])
            AND (
                summed.shipped_quantity + summed.allocated_quantity > 0
                OR (sales_order.state = 'cancelled' AND summed.released_quantity > 0)
            )
    ORDER BY summed.order_id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.number,
        page.customer_reference,
        page.state,
        page.ordered_at,
        page.expected_on,
        json_build_object('id', customer.id, 'name', customer.name, 'country', customer.country) AS customer,
        trim_scale(page.shipped_quantity) AS shipped_quantity,
        trim_scale(page.allocated_quantity) AS allocated_quantity
    FROM (
        SELECT
            page.id,
            page.number,
            page.customer_reference,
            page.state,
            page.ordered_at,
            page.expected_on,
            page.customer_id,
            page.shipped_quantity,
            page.allocated_quantity
        FROM page
        ORDER BY page.id ASC
        LIMIT %(page_size)s::integer
    ) AS page
    INNER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND page.customer_id = customer.id
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.id) FROM shown ORDER BY shown.id DESC LIMIT 1)
    END AS next_key
WHERE
    EXISTS (
        SELECT FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = %(batch_id)s::uuid
    )
    OR EXISTS (
        SELECT FROM trace.farm AS farm
        WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
    )
