-- One page of the affected rows of a case; one row: items (JSON array) and next_key; no row when there is no such case.
-- Parameters: organisation_id, recall_case_id; class, kind, customer_id, action (filters, or NULL for all);
-- last_line_no (number of the last row seen, or NULL); page_size (items).
-- Order: line number, which is the order of the answer.
-- The page is cut first. LEFT JOINs keep items that have no batch, order, customer, process or product.
WITH page AS (
    SELECT
        item.line_no,
        item.kind,
        item.subject_id,
        item.class,
        item.certainty,
        item.reasons,
        item.depth,
        item.batch_id,
        item.order_id,
        item.customer_id,
        item.quantity,
        item.returned_quantity,
        item.unit,
        item.mass_g,
        item.share,
        item.share_fraction,
        item.is_notified,
        item.action,
        item.done_at,
        item.done_by_name,
        item.resolution,
        item.version
    FROM trace.recall_item AS item
    WHERE
        item.organisation_id = %(organisation_id)s::uuid
        AND item.recall_case_id = %(recall_case_id)s::uuid
        AND (%(class)s::text IS NULL OR item.class = %(class)s::text)
        AND (%(kind)s::text IS NULL OR item.kind = %(kind)s::text)
        AND (%(action)s::text IS NULL OR item.action = %(action)s::text)
        AND (%(customer_id)s::uuid IS NULL OR item.customer_id = %(customer_id)s::uuid)
        AND (%(last_line_no)s::integer IS NULL OR item.line_no > %(last_line_no)s::integer)
    ORDER BY item.line_no ASC
    LIMIT %(page_size)s::integer + 1
),

first_page AS (
    SELECT
        page.line_no,
        page.kind,
        page.subject_id,
        page.class,
        page.certainty,
        page.reasons,
        page.depth,
        page.batch_id,
        page.order_id,
        page.customer_id,
        page.quantity,
        page.returned_quantity,
        page.unit,
        page.mass_g,
        page.share,
        page.share_fraction,
        page.is_notified,
        page.action,
        page.done_at,
        page.done_by_name,
        page.resolution,
        page.version
    FROM page
    ORDER BY page.line_no ASC
    LIMIT %(page_size)s::integer
),

shown AS (
    SELECT
        item.line_no,
        item.kind,
        item.subject_id,
        item.class,
        item.certainty,
        item.reasons,
        item.depth,
        CASE
            WHEN batch.id IS NOT NULL
                THEN
                    json_build_object(
                        'id', batch.id, 'code', batch.code, 'material', material.name, 'best_before_on', batch.best_before_on
                    )
        END AS batch,
        CASE
            WHEN sales_order.id IS NOT NULL
                THEN json_build_object('id', sales_order.id, 'number', sales_order.number, 'state', sales_order.state)
        END AS sales_order,
        CASE
            WHEN customer.id IS NOT NULL
                THEN json_build_object('id', customer.id, 'name', customer.name, 'country', customer.country)
        END AS customer,
        CASE
            WHEN process.id IS NOT NULL
                THEN json_build_object('id', process.id, 'kind', process.kind, 'finished_at', process.finished_at)
        END AS process,
        CASE
            WHEN shipment.id IS NOT NULL
                THEN
                    json_build_object(
                        'id', shipment.id, 'number', shipment.number, 'shipped_at', shipment.shipped_at,
                        'product', product.name
                    )
        END AS shipment,
        trim_scale(item.quantity) AS quantity,
        trim_scale(item.returned_quantity) AS returned_quantity,
        item.unit,
        trim_scale(item.mass_g) AS mass_g,
        trim_scale(item.share) AS share,
        item.share_fraction,
        item.is_notified,
        item.action,
        item.done_at,
        item.done_by_name,
        item.resolution,
        item.version
    FROM first_page AS item
    LEFT OUTER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND item.batch_id = batch.id
    LEFT OUTER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
    LEFT OUTER JOIN trace.sales_order AS sales_order
        ON sales_order.organisation_id = %(organisation_id)s::uuid AND item.order_id = sales_order.id
    LEFT OUTER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND item.customer_id = customer.id
    LEFT OUTER JOIN trace.process AS process
        ON process.organisation_id = %(organisation_id)s::uuid AND item.kind = 'process' AND item.subject_id = process.id
    LEFT OUTER JOIN trace.shipment_line AS line
        ON line.organisation_id = %(organisation_id)s::uuid AND item.kind = 'shipment_line' AND item.subject_id = line.id
    LEFT OUTER JOIN trace.shipment AS shipment
        ON shipment.organisation_id = %(organisation_id)s::uuid AND line.shipment_id = shipment.id
    LEFT OUTER JOIN trace.product AS product
        ON product.organisation_id = %(organisation_id)s::uuid AND line.product_id = product.id
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.line_no ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(max(shown.line_no)) FROM shown)
    END AS next_key
FROM trace.recall_case AS recall_case
WHERE recall_case.organisation_id = %(organisation_id)s::uuid AND recall_case.id = %(recall_case_id)s::uuid
