-- What changed the stock of a batch, the latest first; one row: items (JSON array) and next_key; no row when the batch
-- does not exist or is another tenant's.
-- Parameters: organisation_id, batch_id; last_moved_at, last_source_id, last_line_no (key of the last row seen, NULL at
-- the first page); page_size (rows).
-- Order: moved_at, then source and line, the latest first.
-- One row per process line, shipment line and return line. change: what it added to what is on hand (negative: took
-- away), in the base unit; 0 for scrap, samples and returns that were destroyed, which never were on hand. Void
-- processes are left out. Shipment lines count from packing, for then they are no longer free.
-- JOIN of each line to its process, shipment, receipt, order or customer is required and drops nothing; the four
-- kinds of movement are put below each other (UNION ALL), never beside each other.
WITH movement AS (
    SELECT
        process.finished_at AS moved_at,
        process.id AS source_id,
        line.line_no,
        'output' AS direction,
        process.kind,
        line.role,
        line.quantity,
        CASE WHEN line.role IN ('scrap', 'sample') THEN 0 ELSE line.quantity END AS change,
        NULL::uuid AS order_id,
        NULL::text AS number,
        NULL::text AS customer_name
    FROM trace.process_output AS line
    INNER JOIN trace.process AS process
        ON line.organisation_id = process.organisation_id AND line.process_id = process.id
    WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = %(batch_id)s::uuid AND NOT line.is_void
    UNION ALL
    SELECT
        process.finished_at AS moved_at,
        process.id AS source_id,
        -line.line_no AS line_no,
        'input' AS direction,
        process.kind,
        NULL::text AS role,
        line.quantity,
        -line.quantity AS change,
        NULL::uuid AS order_id,
        NULL::text AS number,
        NULL::text AS customer_name
    FROM trace.process_input AS line
    INNER JOIN trace.process AS process
        ON line.organisation_id = process.organisation_id AND line.process_id = process.id
    WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = %(batch_id)s::uuid AND NOT line.is_void
    UNION ALL
    SELECT
        coalesce(shipment.shipped_at, shipment.packed_at) AS moved_at,
        line.id AS source_id,
        0 AS line_no,
        'shipment' AS direction,
        CASE WHEN shipment.shipped_at IS NULL THEN 'packed' ELSE 'shipped' END AS kind,
        NULL::text AS role,
        line.quantity,
        -line.quantity AS change,
        line.order_id,
        sales_order.number,
        customer.name AS customer_name
    FROM trace.shipment_line AS line
    INNER JOIN trace.shipment AS shipment
        ON line.organisation_id = shipment.organisation_id AND line.shipment_id = shipment.id
    INNER JOIN trace.sales_order AS sales_order
        ON line.organisation_id = sales_order.organisation_id AND line.order_id = sales_order.id
    INNER JOIN trace.customer AS customer
        ON line.organisation_id = customer.organisation_id AND line.customer_id = customer.id
    WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = %(batch_id)s::uuid
    UNION ALL
    SELECT
        receipt.received_at AS moved_at,
        line.id AS source_id,
        0 AS line_no,
        'return' AS direction,
        line.disposition AS kind,
        NULL::text AS role,
        line.quantity,
        CASE WHEN line.disposition = 'destroy' THEN 0 ELSE line.quantity END AS change,
        NULL::uuid AS order_id,
        receipt.number,
        customer.name AS customer_name
    FROM trace.return_line AS line
    INNER JOIN trace.return_receipt AS receipt
        ON line.organisation_id = receipt.organisation_id AND line.return_receipt_id = receipt.id
    INNER JOIN trace.customer AS customer
        ON line.organisation_id = customer.organisation_id AND line.customer_id = customer.id
    WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = %(batch_id)s::uuid
),

page AS (
    SELECT
        movement.moved_at,
        movement.source_id,
        movement.line_no,
        movement.direction,
        movement.kind,
        movement.role,
        movement.quantity,
        movement.change,
        movement.order_id,
        movement.number,
        movement.customer_name
    FROM movement
    WHERE
        %(last_moved_at)s::timestamptz IS NULL
        OR (movement.moved_at, movement.source_id, movement.line_no)
        < (%(last_moved_at)s::timestamptz, %(last_source_id)s::uuid, %(last_line_no)s::integer)
    ORDER BY
        movement.moved_at DESC,
        movement.source_id DESC,
        movement.line_no DESC
    LIMIT %(page_size)s::integer + 1
),

cut AS (
    SELECT
        page.moved_at,
        page.source_id,
        page.line_no,
        json_build_object(
            'moved_at', page.moved_at,
            'direction', page.direction,
            'kind', page.kind,
            'role', page.role,
            'quantity', trim_scale(page.quantity),
            'change', trim_scale(page.change),
            'base_unit', material.base_unit,
            'process_id', CASE WHEN page.direction IN ('input', 'output') THEN page.source_id END,
            'order_id', page.order_id,
            'number', page.number,
            'customer_name', page.customer_name
        ) AS item
    FROM page
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND batch.id = %(batch_id)s::uuid
    INNER JOIN trace.material AS material
        ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    ORDER BY
        page.moved_at DESC,
        page.source_id DESC,
        page.line_no DESC
    LIMIT %(page_size)s::integer
)

SELECT
    (
        SELECT coalesce(json_agg(cut.item ORDER BY cut.moved_at DESC, cut.source_id DESC, cut.line_no DESC), '[]')
        FROM cut
    ) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (
                SELECT json_build_array(cut.moved_at, cut.source_id, cut.line_no) FROM cut
                ORDER BY cut.moved_at ASC, cut.source_id ASC, cut.line_no ASC
                LIMIT 1
            )
    END AS next_key
FROM trace.batch AS batch
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = %(batch_id)s::uuid
