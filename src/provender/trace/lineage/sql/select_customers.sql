-- The customers that got something of a batch, of anything made from it, or of any batch of a farm.
-- One row: items (JSON array of distinct customers) and next_key; no row when the batch or farm does not exist.
-- Parameters: organisation_id; batch_id or farm_id (the other is NULL); is_direct (true: only the batches themselves);
-- last_id (customer id of the last row seen, or NULL); page_size (customers).
-- Order: customer id, which is the order of entry.
-- Shipped and allocated pieces are summed per customer and order before they are joined. Cancelled orders count only
-- for what was shipped on them all the same; allocations that were given back do not count. The INNER JOIN to customer
-- drops nothing.
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
        line.customer_id,
        line.order_id,
        line.quantity AS shipped_quantity,
        0 AS allocated_quantity
    FROM trace.shipment_line AS line
    WHERE
        line.organisation_id = %(organisation_id)s::uuid
        AND line.batch_id = any((SELECT reached.batch_ids FROM reached)::uuid[])
    UNION ALL
    SELECT
        allocation.customer_id,
        allocation.order_id,
        0 AS shipped_quantity,
        allocation.quantity AS allocated_quantity
    FROM trace.allocation AS allocation
    WHERE
        allocation.organisation_id = %(organisation_id)s::uuid
        AND allocation.batch_id = any((SELECT reached.batch_ids FROM reached)::uuid[])
        AND allocation.state <> 'released'
),

page AS (
    SELECT
        touched.customer_id AS id,
        count(DISTINCT touched.order_id) AS order_count,
        sum(touched.shipped_quantity) AS shipped_quantity,
        sum(touched.allocated_quantity) AS allocated_quantity
    FROM touched
    WHERE %(last_id)s::uuid IS NULL OR touched.customer_id > %(last_id)s::uuid
    GROUP BY touched.customer_id
    ORDER BY touched.customer_id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        customer.name,
        customer.country,
        customer.language,
        customer.email,
        page.order_count,
        trim_scale(page.shipped_quantity) AS shipped_quantity,
        trim_scale(page.allocated_quantity) AS allocated_quantity
    FROM (
        SELECT
            page.id,
            page.order_count,
            page.shipped_quantity,
            page.allocated_quantity
        FROM page
        ORDER BY page.id ASC
        LIMIT %(page_size)s::integer
    ) AS page
    INNER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND page.id = customer.id
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
