-- One page of the affected rows of a case, flat, as an authority reads them; one row: items (JSON array), next_key.
-- Parameters: organisation_id, recall_case_id; time_zone (IANA name: in it the days are counted); last_line_no (number of
-- the last row seen, or NULL); page_size (items).
-- Order: line number, which is the order of the answer.
-- The page is cut first. LEFT JOINs keep items that have no batch, order, customer, process or shipment. Codes of ours
-- become words by giving their underscores up. Kilograms are grams / 1000; share is rounded to 9 places, its fraction is not.
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
        item.action,
        item.done_at,
        item.done_by_name,
        item.resolution
    FROM trace.recall_item AS item
    WHERE
        item.organisation_id = %(organisation_id)s::uuid
        AND item.recall_case_id = %(recall_case_id)s::uuid
        AND (%(last_line_no)s::integer IS NULL OR item.line_no > %(last_line_no)s::integer)
    ORDER BY item.line_no ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        item.line_no,
        translate(item.class, '_', ' ') AS class,
        translate(item.certainty, '_', ' ') AS certainty,
        translate(array_to_string(item.reasons, '; '), '_', ' ') AS reasons,
        translate(item.kind, '_', ' ') AS kind,
        batch.code AS batch_code,
        material.name AS material,
        product.name AS product,
        product.gtin,
        batch.best_before_on,
        process.kind AS process,
        (process.finished_at AT TIME ZONE %(time_zone)s::text)::date AS process_finished_on,
        sales_order.number AS order_number,
        sales_order.customer_reference,
        customer.name AS customer,
        customer.country,
        shipment.number AS shipment_number,
        (shipment.shipped_at AT TIME ZONE %(time_zone)s::text)::date AS shipped_on,
        trim_scale(item.quantity) AS quantity,
        trim_scale(item.returned_quantity) AS returned_quantity,
        item.unit,
        trim_scale(item.mass_g / 1000) AS mass_kg,
        trim_scale(round(item.share, 9)) AS share,
        item.share_fraction,
        item.depth AS steps_from_root,
        translate(item.action, '_', ' ') AS action,
        item.done_at,
        item.done_by_name AS done_by,
        item.resolution
    FROM page AS item
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
    LEFT OUTER JOIN trace.return_line AS return_line
        ON
            return_line.organisation_id = %(organisation_id)s::uuid
            AND item.kind = 'return_line'
            AND item.subject_id = return_line.id
    LEFT OUTER JOIN trace.shipment_line AS line
        ON
            line.organisation_id = %(organisation_id)s::uuid
            AND line.id = CASE item.kind WHEN 'shipment_line' THEN item.subject_id ELSE return_line.shipment_line_id END
    LEFT OUTER JOIN trace.shipment AS shipment
        ON shipment.organisation_id = %(organisation_id)s::uuid AND line.shipment_id = shipment.id
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
