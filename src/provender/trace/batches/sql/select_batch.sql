-- One batch as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, batch_id.
-- Quantities and counts: as in select_batches.sql, each child table added up in a LATERAL of its own that always gives
-- one row. JOIN to material drops nothing (required); LEFT OUTER JOIN to product, farm and supplier keep a batch that
-- has none. origins: the plots by farm and name, holds: the active ones, oldest first; both [] when there are none.
SELECT
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
        'version', page.version,
        'note', page.note,
        'gtin', product.gtin,
        'net_mass_g', trim_scale(product.net_mass_g),
        'origins', origin.origins,
        'holds', held.holds,
        'created_at', page.created_at
    ) AS batch,
    page.version
FROM trace.batch AS page
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
    SELECT
        count(*) AS hold_count,
        coalesce(json_agg(
            json_build_object(
                'id', hold.id, 'reason', hold.reason, 'placed_at', hold.placed_at, 'placed_by_name', hold.placed_by_name,
                'recall_case_id', hold.recall_case_id
            ) ORDER BY hold.placed_at ASC, hold.id ASC
        ), '[]') AS holds
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
CROSS JOIN LATERAL (
    SELECT
        coalesce(json_agg(
            json_build_object(
                'plot_id', plot.id, 'plot_name', plot.name, 'farm_id', owner.id, 'farm_name', owner.name,
                'quantity', trim_scale(origin.quantity)
            ) ORDER BY owner.name ASC, plot.name ASC
        ), '[]') AS origins
    FROM trace.batch_origin AS origin
    INNER JOIN trace.plot AS plot
        ON origin.organisation_id = plot.organisation_id AND origin.plot_id = plot.id
    INNER JOIN trace.farm AS owner
        ON plot.organisation_id = owner.organisation_id AND plot.farm_id = owner.id
    WHERE origin.organisation_id = %(organisation_id)s::uuid AND origin.batch_id = page.id
) AS origin
WHERE page.organisation_id = %(organisation_id)s::uuid AND page.id = %(batch_id)s::uuid
