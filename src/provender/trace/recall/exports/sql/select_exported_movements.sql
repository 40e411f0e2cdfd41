-- One page of where the affected goods of a case are: shipped, returned, packed or on hand; one row: items (JSON array),
-- next_key. An item is one row of the case.
-- Parameters: organisation_id, recall_case_id; last_line_no (number of the last row seen, or NULL); page_size (rows).
-- Order: line number, which is the order of the answer. What time excludes is left out.
-- The page is cut first. LEFT JOINs keep stock, which has no shipment, and lines whose batch is unknown.
WITH page AS (
    SELECT
        item.line_no,
        item.kind,
        item.subject_id,
        item.class,
        item.batch_id,
        item.quantity,
        item.unit
    FROM trace.recall_item AS item
    WHERE
        item.organisation_id = %(organisation_id)s::uuid
        AND item.recall_case_id = %(recall_case_id)s::uuid
        AND item.kind IN ('stock', 'shipment_line', 'return_line')
        AND item.certainty <> 'time_excluded'
        AND (%(last_line_no)s::integer IS NULL OR item.line_no > %(last_line_no)s::integer)
    ORDER BY item.line_no ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        item.line_no,
        item.kind,
        item.subject_id AS id,
        item.class,
        item.batch_id,
        batch.code AS batch_code,
        material.name AS material,
        product.id AS product_id,
        product.name AS product,
        product.gtin,
        trim_scale(item.quantity) AS quantity,
        item.unit,
        customer.id AS customer_id,
        customer.name AS customer,
        coalesce(site.country, customer.country) AS country,
        site.address,
        sales_order.id AS order_id,
        sales_order.number AS order_number,
        shipment.id AS shipment_id,
        shipment.number AS shipment_number,
        shipment.shipped_at,
        shipment.carrier,
        receipt.number AS return_number,
        receipt.received_at,
        return_line.disposition
    FROM page AS item
    LEFT OUTER JOIN trace.return_line AS return_line
        ON
            return_line.organisation_id = %(organisation_id)s::uuid
            AND item.kind = 'return_line'
            AND item.subject_id = return_line.id
    LEFT OUTER JOIN trace.return_receipt AS receipt
        ON receipt.organisation_id = %(organisation_id)s::uuid AND return_line.return_receipt_id = receipt.id
    LEFT OUTER JOIN trace.shipment_line AS line
        ON
            line.organisation_id = %(organisation_id)s::uuid
            AND line.id = CASE item.kind WHEN 'shipment_line' THEN item.subject_id ELSE return_line.shipment_line_id END
    LEFT OUTER JOIN trace.shipment AS shipment
        ON shipment.organisation_id = %(organisation_id)s::uuid AND line.shipment_id = shipment.id
    LEFT OUTER JOIN trace.sales_order AS sales_order
        ON sales_order.organisation_id = %(organisation_id)s::uuid AND line.order_id = sales_order.id
    LEFT OUTER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND line.customer_id = customer.id
    LEFT OUTER JOIN trace.customer_site AS site
        ON site.organisation_id = %(organisation_id)s::uuid AND sales_order.customer_site_id = site.id
    LEFT OUTER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND item.batch_id = batch.id
    LEFT OUTER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
    LEFT OUTER JOIN trace.product AS product
        ON product.organisation_id = %(organisation_id)s::uuid AND coalesce(line.product_id, batch.product_id) = product.id
    ORDER BY item.line_no ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.line_no ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(max(shown.line_no)) FROM shown)
    END AS next_key
