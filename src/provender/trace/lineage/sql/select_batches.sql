-- The batches of a farm (delivered by it, or holding harvest of its plots) or of a product; a row is a batch.
-- One row: items (JSON array) and next_key; no row when the farm or product does not exist.
-- Parameters: organisation_id; farm_id or product_id (the other is NULL); last_made_on, last_id (key of the last row
-- seen, or NULL); page_size (batches).
-- Order: youngest first, then id downwards. The page is cut first; orders and customers are counted after, in a LATERAL,
-- from shipped and allocated (not given back) pieces of orders that are not cancelled, so a batch without orders has 0.
-- The linter does not see what ties the LATERAL to the page: it stands one level deeper.
WITH page AS (
    SELECT
        batch.id,
        batch.code,
        batch.made_on,
        batch.best_before_on,
        batch.material_id
    FROM trace.batch AS batch
    WHERE
        batch.organisation_id = %(organisation_id)s::uuid
        AND (
            (%(product_id)s::uuid IS NOT NULL AND batch.product_id = %(product_id)s::uuid)
            OR (
                %(farm_id)s::uuid IS NOT NULL
                AND batch.id = any(array(SELECT trace.farm_batches(%(organisation_id)s::uuid, %(farm_id)s::uuid)))
            )
        )
        AND (
            %(last_made_on)s::date IS NULL
            OR (batch.made_on, batch.id) < (%(last_made_on)s::date, %(last_id)s::uuid)
        )
    ORDER BY batch.made_on DESC, batch.id DESC
    LIMIT %(page_size)s::integer + 1
),

first_page AS (
    SELECT
        page.id,
        page.code,
        page.made_on,
        page.best_before_on,
        page.material_id
    FROM page
    ORDER BY page.made_on DESC, page.id DESC
    LIMIT %(page_size)s::integer
),

shown AS (
    SELECT
        page.id,
        page.code,
        page.made_on,
        page.best_before_on,
        json_build_object(
            'id', material.id, 'code', material.code, 'name', material.name, 'kind', material.kind,
            'base_unit', material.base_unit
        ) AS material,
        orders.order_count,
        orders.customer_count
    FROM first_page AS page
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND page.material_id = material.id
    CROSS JOIN LATERAL ( -- noqa: ST05
        SELECT
            count(DISTINCT sales_order.id) AS order_count,
            count(DISTINCT sales_order.customer_id) AS customer_count
        FROM (
            SELECT line.order_id FROM trace.shipment_line AS line
            WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id
            UNION
            SELECT allocation.order_id FROM trace.allocation AS allocation
            WHERE
                allocation.organisation_id = %(organisation_id)s::uuid AND allocation.batch_id = page.id
                AND allocation.state <> 'released'
        ) AS touched
        INNER JOIN trace.sales_order AS sales_order
            ON
                sales_order.organisation_id = %(organisation_id)s::uuid
                AND touched.order_id = sales_order.id
                AND sales_order.state <> 'cancelled'
    ) AS orders
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.made_on DESC, shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (
                SELECT json_build_array(shown.made_on, shown.id) FROM shown
                ORDER BY shown.made_on ASC, shown.id ASC LIMIT 1
            )
    END AS next_key
WHERE
    EXISTS (
        SELECT FROM trace.farm AS farm
        WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
    )
    OR EXISTS (
        SELECT FROM trace.product AS product
        WHERE product.organisation_id = %(organisation_id)s::uuid AND product.id = %(product_id)s::uuid
    )
