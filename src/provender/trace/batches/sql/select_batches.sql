-- One page of batches, newest first, each with its quantities and who got it; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; code_key (folded code, or NULL for all: as a whole or as its beginning);
-- best_before (date or NULL); farm_id, material_id, product_id (or NULL); has_orders, is_held (boolean or NULL for both);
-- made_from, made_to (dates, both included, or NULL); last_made_on, last_id (key of the last row seen, NULL at the
-- first page); page_size (rows).
-- Order: made_on, then id, the latest first.
-- Quantities are in the base unit of the batch's material; what void processes moved counts nowhere. produced: all
-- that came in; adjusted: found less missed at counts and corrections; scrapped: thrown away, taken as a sample, or
-- destroyed on return; returned: all that came back. on_hand = produced + adjusted - used - scrapped - shipped + returned.
-- order_count: orders that are not cancelled and got, or are to get, pieces of this batch itself, each once.
-- Batches on hold are few, so they are looked up by id; the others are passed by.
-- The page is cut first. Then each child table is added up in a LATERAL of its own, which always gives one row: two
-- children never multiply, and a batch with no orders is listed with 0. JOIN to material drops nothing (required);
-- LEFT OUTER JOIN to product, farm and supplier keep batches that have none. Inside: INNER JOIN of lines to process and
-- order drops nothing (required).
WITH page AS (
    SELECT
        batch.id,
        batch.code,
        batch.material_id,
        batch.product_id,
        batch.farm_id,
        batch.supplier_id,
        batch.made_on,
        batch.best_before_on,
        batch.unit_mass_g,
        batch.version
    FROM trace.batch AS batch
    WHERE
        batch.organisation_id = %(organisation_id)s::uuid
        AND (%(code_key)s::text IS NULL OR starts_with(batch.code_key, %(code_key)s::text))
        AND (%(best_before)s::date IS NULL OR batch.best_before_on = %(best_before)s::date)
        AND (%(farm_id)s::uuid IS NULL OR batch.farm_id = %(farm_id)s::uuid)
        AND (%(material_id)s::uuid IS NULL OR batch.material_id = %(material_id)s::uuid)
        AND (%(product_id)s::uuid IS NULL OR batch.product_id = %(product_id)s::uuid)
        AND (%(made_from)s::date IS NULL OR batch.made_on >= %(made_from)s::date)
        AND (%(made_to)s::date IS NULL OR batch.made_on <= %(made_to)s::date)
        AND (%(last_made_on)s::date IS NULL OR (batch.made_on, batch.id) < (%(last_made_on)s::date, %(last_id)s::uuid))
        AND (
            %(is_held)s::boolean IS DISTINCT FROM true
            OR batch.id = any(array(
                SELECT hold.batch_id FROM trace.hold AS hold
                WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.state = 'active'
            ))
        )
        AND (
            %(is_held)s::boolean IS DISTINCT FROM false
            OR NOT EXISTS (
                SELECT FROM trace.hold AS hold
                WHERE hold.organisation_id = batch.organisation_id AND hold.batch_id = batch.id AND hold.state = 'active'
            )
        )
        AND (
            %(has_orders)s::boolean IS NULL
            OR %(has_orders)s::boolean = (
                EXISTS (
                    SELECT FROM trace.shipment_line AS line
                    INNER JOIN trace.sales_order AS sales_order
                        ON line.organisation_id = sales_order.organisation_id AND line.order_id = sales_order.id
                    WHERE line.organisation_id = batch.organisation_id AND line.batch_id = batch.id AND sales_order.state <> 'cancelled'
                )
                OR EXISTS (
                    SELECT FROM trace.allocation AS line
                    INNER JOIN trace.sales_order AS sales_order
                        ON line.organisation_id = sales_order.organisation_id AND line.order_id = sales_order.id
                    WHERE
                        line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
                        AND line.state <> 'released' AND sales_order.state <> 'cancelled'
                )
            )
        )
    ORDER BY
        batch.made_on DESC,
        batch.id DESC
    LIMIT %(page_size)s::integer + 1
),

cut AS (
    SELECT
        page.id,
        page.code,
        page.material_id,
        page.product_id,
        page.farm_id,
        page.supplier_id,
        page.made_on,
        page.best_before_on,
        page.unit_mass_g,
        page.version
    FROM page
    ORDER BY
        page.made_on DESC,
        page.id DESC
    LIMIT %(page_size)s::integer
),

shown AS (
    SELECT
        page.made_on,
        page.id,
        json_build_object(
            'id', page.id,
            'code', page.code,
            'material', json_build_object(
                'id', material.id, 'code', material.code, 'name', material.name, 'kind', material.kind, 'base_unit', material.base_unit
            ),
            'product', CASE WHEN product.id IS NOT NULL THEN json_build_object('id', product.id, 'sku', product.sku, 'name', product.name) END,
            'farm', CASE WHEN farm.id IS NOT NULL THEN json_build_object('id', farm.id, 'name', farm.name) END,
            'supplier', CASE WHEN supplier.id IS NOT NULL THEN json_build_object('id', supplier.id, 'name', supplier.name) END,
            'made_on', page.made_on,
            'best_before_on', page.best_before_on,
            'unit_mass_g', trim_scale(page.unit_mass_g),
            'order_count', served.order_count,
            'customer_count', served.customer_count,
            'quantities', json_build_object(
                'produced', trim_scale(made.produced),
                'adjusted', trim_scale(made.found - drawn.missed),
                'used', trim_scale(drawn.used),
                'shipped', trim_scale(sold.shipped),
                'returned', trim_scale(back.returned),
                'scrapped', trim_scale(made.scrapped + drawn.scrapped + back.destroyed),
                'allocated', trim_scale(reserved.allocated),
                'on_hand', trim_scale(
                    made.produced + made.found - made.scrapped - drawn.used - drawn.missed - drawn.scrapped
                    - sold.shipped + back.returned - back.destroyed
                )
            ),
            'is_held', held.hold_count > 0,
            'version', page.version
        ) AS item
    FROM cut AS page
    CROSS JOIN LATERAL (
        SELECT
            count(*) AS order_count,
            count(DISTINCT sales_order.customer_id) AS customer_count
        FROM (
            SELECT line.order_id
            FROM trace.shipment_line AS line
            WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id
            UNION
            SELECT line.order_id
            FROM trace.allocation AS line
            WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id AND line.state <> 'released'
        ) AS served
        INNER JOIN trace.sales_order AS sales_order
            ON sales_order.organisation_id = %(organisation_id)s::uuid AND served.order_id = sales_order.id
        WHERE sales_order.state <> 'cancelled'
    ) AS served
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(line.quantity) FILTER (WHERE process.kind NOT IN ('adjust', 'count')), 0) AS produced,
            coalesce(sum(line.quantity) FILTER (WHERE process.kind IN ('adjust', 'count')), 0) AS found,
            coalesce(sum(line.quantity) FILTER (WHERE line.role IN ('scrap', 'sample')), 0) AS scrapped
        FROM trace.process_output AS line
        INNER JOIN trace.process AS process
            ON process.organisation_id = %(organisation_id)s::uuid AND line.process_id = process.id
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id AND NOT line.is_void
    ) AS made
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(line.quantity) FILTER (WHERE process.kind NOT IN ('scrap', 'adjust', 'count')), 0) AS used,
            coalesce(sum(line.quantity) FILTER (WHERE process.kind IN ('adjust', 'count')), 0) AS missed,
            coalesce(sum(line.quantity) FILTER (WHERE process.kind = 'scrap'), 0) AS scrapped
        FROM trace.process_input AS line
        INNER JOIN trace.process AS process
            ON process.organisation_id = %(organisation_id)s::uuid AND line.process_id = process.id
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id AND NOT line.is_void
    ) AS drawn
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(line.quantity), 0) AS shipped
        FROM trace.shipment_line AS line
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id
    ) AS sold
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(line.quantity), 0) AS returned,
            coalesce(sum(line.quantity) FILTER (WHERE line.disposition = 'destroy'), 0) AS destroyed
        FROM trace.return_line AS line
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id
    ) AS back
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(line.quantity), 0) AS allocated
        FROM trace.allocation AS line
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = page.id AND line.state <> 'released'
    ) AS reserved
    CROSS JOIN LATERAL (
        SELECT count(*) AS hold_count
        FROM trace.hold AS hold
        WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.batch_id = page.id AND hold.state = 'active'
    ) AS held
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND page.material_id = material.id
    LEFT OUTER JOIN trace.product AS product
        ON product.organisation_id = %(organisation_id)s::uuid AND page.product_id = product.id
    LEFT OUTER JOIN trace.farm AS farm
        ON farm.organisation_id = %(organisation_id)s::uuid AND page.farm_id = farm.id
    LEFT OUTER JOIN trace.supplier AS supplier
        ON supplier.organisation_id = %(organisation_id)s::uuid AND page.supplier_id = supplier.id
)

SELECT
    (SELECT coalesce(json_agg(shown.item ORDER BY shown.made_on DESC, shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(cut.made_on, cut.id) FROM cut ORDER BY cut.made_on ASC, cut.id ASC LIMIT 1)
    END AS next_key
