-- The graph around a batch: what it was made from (back), what became of it (forward), or both.
-- One row: nodes (JSON array of batches, processes, farms, suppliers, orders, customers), edges (JSON array: from, to,
-- quantity in unit), root (the batch's id); no row when the batch does not exist.
-- Parameters: organisation_id, batch_id, is_back, is_forward (which walks are wanted), has_orders (false leaves
-- orders and customers out).
-- quantity of a batch: what was ever put into it. INNER JOINs drop nothing, for every row has its batch and material.
-- Order: nodes by kind, label and id; edges by from and to. Quantities sit on the edges into and out of processes,
-- never on batch pairs. Forward, inputs that do not come from the root are left out; back, by-products are.
-- Shipped and allocated pieces are summed per batch and order before they become one edge; orders with neither, and
-- cancelled orders on which nothing was shipped, drop out.
-- LATERAL with OFFSET 0 keeps the planner on one index probe per batch; the order of its rows does not matter.
WITH forward AS MATERIALIZED (
    SELECT descendant.batch_id
    FROM
        trace.descendant_batches(
            %(organisation_id)s::uuid, CASE WHEN %(is_forward)s::boolean THEN ARRAY[%(batch_id)s::uuid] ELSE '{}' END
        ) AS descendant (batch_id)
),

back AS MATERIALIZED (
    SELECT ancestor.batch_id
    FROM
        trace.ancestor_batches(
            %(organisation_id)s::uuid, CASE WHEN %(is_back)s::boolean THEN ARRAY[%(batch_id)s::uuid] ELSE '{}' END
        ) AS ancestor (batch_id)
),

involved AS (
    SELECT forward.batch_id FROM forward
    UNION
    SELECT back.batch_id FROM back
),

forward_process AS MATERIALIZED (
    SELECT DISTINCT input.process_id
    FROM forward
    CROSS JOIN LATERAL (
        SELECT input.process_id FROM trace.process_input AS input
        WHERE
            input.organisation_id = %(organisation_id)s::uuid AND input.batch_id = forward.batch_id AND NOT input.is_void
        OFFSET 0 -- noqa: AM09
    ) AS input
),

back_process AS MATERIALIZED (
    SELECT DISTINCT output.process_id
    FROM back
    CROSS JOIN LATERAL (
        SELECT output.process_id FROM trace.process_output AS output
        WHERE
            output.organisation_id = %(organisation_id)s::uuid AND output.batch_id = back.batch_id AND NOT output.is_void
        OFFSET 0 -- noqa: AM09
    ) AS output
),

movement AS (
    SELECT
        input.batch_id,
        input.process_id,
        input.line_no,
        input.quantity,
        true AS is_input
    FROM forward_process AS process
    INNER JOIN trace.process_input AS input
        ON input.organisation_id = %(organisation_id)s::uuid AND process.process_id = input.process_id
    INNER JOIN forward ON input.batch_id = forward.batch_id
    UNION
    SELECT
        input.batch_id,
        input.process_id,
        input.line_no,
        input.quantity,
        true AS is_input
    FROM back_process AS process
    INNER JOIN trace.process_input AS input
        ON input.organisation_id = %(organisation_id)s::uuid AND process.process_id = input.process_id
    UNION
    SELECT
        output.batch_id,
        output.process_id,
        output.line_no,
        output.quantity,
        false AS is_input
    FROM forward_process AS process
    INNER JOIN trace.process_output AS output
        ON output.organisation_id = %(organisation_id)s::uuid AND process.process_id = output.process_id
    UNION
    SELECT
        output.batch_id,
        output.process_id,
        output.line_no,
        output.quantity,
        false AS is_input
    FROM back_process AS process
    INNER JOIN trace.process_output AS output
        ON output.organisation_id = %(organisation_id)s::uuid AND process.process_id = output.process_id
    INNER JOIN back ON output.batch_id = back.batch_id
),

origin AS (
    SELECT
        batch.id AS batch_id,
        batch.farm_id,
        NULL::uuid AS supplier_id,
        NULL::numeric AS quantity
    FROM back
    INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND back.batch_id = batch.id
    WHERE
        batch.farm_id IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM trace.batch_origin AS plot_origin
            WHERE
                plot_origin.organisation_id = %(organisation_id)s::uuid AND plot_origin.batch_id = batch.id
                AND plot_origin.farm_id = batch.farm_id
        )
    UNION ALL
    SELECT
        plot_origin.batch_id,
        plot_origin.farm_id,
        NULL AS supplier_id,
        sum(plot_origin.quantity) AS quantity
    FROM back
    INNER JOIN trace.batch_origin AS plot_origin
        ON plot_origin.organisation_id = %(organisation_id)s::uuid AND back.batch_id = plot_origin.batch_id
    GROUP BY plot_origin.batch_id, plot_origin.farm_id
    UNION ALL
    SELECT
        batch.id AS batch_id,
        NULL AS farm_id,
        batch.supplier_id,
        NULL AS quantity
    FROM back
    INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND back.batch_id = batch.id
    WHERE batch.supplier_id IS NOT NULL
),

sale AS (
    SELECT
        line.batch_id,
        line.order_id,
        line.customer_id,
        sum(line.shipped) AS shipped_quantity,
        sum(line.allocated) AS allocated_quantity
    FROM (
        SELECT
            line.batch_id,
            line.order_id,
            line.customer_id,
            line.quantity AS shipped,
            0 AS allocated
        FROM trace.shipment_line AS line
        WHERE
            line.organisation_id = %(organisation_id)s::uuid
            AND line.batch_id = any(array(SELECT forward.batch_id FROM forward))
        UNION ALL
        SELECT
            allocation.batch_id,
            allocation.order_id,
            allocation.customer_id,
            0 AS shipped,
            allocation.quantity AS allocated
        FROM trace.allocation AS allocation
        WHERE
            allocation.organisation_id = %(organisation_id)s::uuid
            AND allocation.batch_id = any(array(SELECT forward.batch_id FROM forward))
            AND allocation.state <> 'released'
    ) AS line
    WHERE %(has_orders)s::boolean
    GROUP BY line.batch_id, line.order_id, line.customer_id
),

node AS (
    SELECT
        batch.id,
        'batch' AS kind,
        batch.code AS label,
        material.name AS sublabel,
        material.base_unit AS unit,
        (
            SELECT trim_scale(sum(output.quantity)) FROM trace.process_output AS output
            WHERE
                output.organisation_id = %(organisation_id)s::uuid AND output.batch_id = batch.id AND NOT output.is_void
        ) AS quantity,
        batch.made_on::text AS happened_on,
        batch.product_id,
        exists(
            SELECT FROM trace.hold AS hold
            WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.batch_id = batch.id AND hold.state = 'active'
        ) AS is_held
    FROM involved
    INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND involved.batch_id = batch.id
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
    UNION ALL
    SELECT
        process.id,
        'process' AS kind,
        process.kind AS label,
        process.equipment AS sublabel,
        NULL AS unit,
        NULL AS quantity,
        process.finished_at::text AS happened_on,
        NULL AS product_id,
        false AS is_held
    FROM (SELECT DISTINCT movement.process_id FROM movement) AS step
    INNER JOIN trace.process AS process
        ON process.organisation_id = %(organisation_id)s::uuid AND step.process_id = process.id
    UNION ALL
    SELECT
        farm.id,
        'farm' AS kind,
        farm.name AS label,
        farm.country AS sublabel,
        NULL AS unit,
        NULL AS quantity,
        NULL AS happened_on,
        NULL AS product_id,
        false AS is_held
    FROM (SELECT DISTINCT origin.farm_id FROM origin) AS known
    INNER JOIN trace.farm AS farm ON farm.organisation_id = %(organisation_id)s::uuid AND known.farm_id = farm.id
    UNION ALL
    SELECT
        supplier.id,
        'supplier' AS kind,
        supplier.name AS label,
        supplier.country AS sublabel,
        NULL AS unit,
        NULL AS quantity,
        NULL AS happened_on,
        NULL AS product_id,
        false AS is_held
    FROM (SELECT DISTINCT origin.supplier_id FROM origin) AS known
    INNER JOIN trace.supplier AS supplier
        ON supplier.organisation_id = %(organisation_id)s::uuid AND known.supplier_id = supplier.id
    UNION ALL
    SELECT
        sales_order.id,
        'order' AS kind,
        sales_order.number AS label,
        sales_order.state AS sublabel,
        NULL AS unit,
        NULL AS quantity,
        sales_order.ordered_at::text AS happened_on,
        NULL AS product_id,
        false AS is_held
    FROM (SELECT DISTINCT sale.order_id FROM sale) AS known
    INNER JOIN trace.sales_order AS sales_order
        ON sales_order.organisation_id = %(organisation_id)s::uuid AND known.order_id = sales_order.id
    UNION ALL
    SELECT
        customer.id,
        'customer' AS kind,
        customer.name AS label,
        customer.country AS sublabel,
        NULL AS unit,
        NULL AS quantity,
        NULL AS happened_on,
        NULL AS product_id,
        false AS is_held
    FROM (SELECT DISTINCT sale.customer_id FROM sale) AS known
    INNER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND known.customer_id = customer.id
),

edge AS (
    SELECT
        CASE WHEN movement.is_input THEN movement.batch_id ELSE movement.process_id END AS source_id,
        CASE WHEN movement.is_input THEN movement.process_id ELSE movement.batch_id END AS target_id,
        sum(movement.quantity) AS quantity,
        material.base_unit AS unit,
        sum(movement.quantity * batch.unit_mass_g) AS mass_g
    FROM movement
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND movement.batch_id = batch.id
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
    GROUP BY movement.is_input, movement.batch_id, movement.process_id, material.base_unit
    UNION ALL
    SELECT
        coalesce(origin.farm_id, origin.supplier_id) AS source_id,
        origin.batch_id AS target_id,
        origin.quantity,
        NULL AS unit,
        NULL AS mass_g
    FROM origin
    UNION ALL
    SELECT
        sale.batch_id AS source_id,
        sale.order_id AS target_id,
        sale.shipped_quantity + sale.allocated_quantity AS quantity,
        'piece' AS unit,
        (sale.shipped_quantity + sale.allocated_quantity) * batch.unit_mass_g AS mass_g
    FROM sale
    INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND sale.batch_id = batch.id
    UNION ALL
    SELECT
        sale.order_id AS source_id,
        sale.customer_id AS target_id,
        sum(sale.shipped_quantity + sale.allocated_quantity) AS quantity,
        'piece' AS unit,
        NULL AS mass_g
    FROM sale
    GROUP BY sale.order_id, sale.customer_id
)

SELECT
    json_build_object(
        'root', root.id,
        'nodes', (
            SELECT coalesce(json_agg(node ORDER BY node.kind ASC, node.label ASC, node.id ASC), '[]') FROM node
        ),
        'edges', (
            SELECT coalesce(json_agg(listed ORDER BY listed.source_id ASC, listed.target_id ASC), '[]')
            FROM (
                SELECT
                    edge.source_id,
                    edge.target_id,
                    trim_scale(edge.quantity) AS quantity,
                    edge.unit,
                    trim_scale(edge.mass_g) AS mass_g
                FROM edge
            ) AS listed
        )
    ) AS graph
FROM trace.batch AS root
WHERE root.organisation_id = %(organisation_id)s::uuid AND root.id = %(batch_id)s::uuid
