-- One return as JSON with its lines; no row when it does not exist or is another tenant's. Quantities in pieces.
-- Parameters: organisation_id, return_id.
-- Order within: lines by id.
-- The INNER JOINs keep every line: it has a shipment line, and that a shipment, an order and a product. The LEFT JOIN keeps a line
-- whose batch is unknown. The LATERAL always gives one row.
SELECT
    json_build_object(
        'id', receipt.id,
        'number', receipt.number,
        'customer', json_build_object('id', customer.id, 'name', customer.name, 'country', customer.country),
        'received_at', receipt.received_at,
        'note', receipt.note,
        'recorded_by', receipt.recorded_by_name,
        'lines', content.items
    ) AS receipt
FROM trace.return_receipt AS receipt
INNER JOIN trace.customer AS customer
    ON receipt.organisation_id = customer.organisation_id AND receipt.customer_id = customer.id
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'id', line.id,
        'shipment_line_id', line.shipment_line_id,
        'shipment', json_build_object('id', shipment.id, 'number', shipment.number),
        'order', json_build_object(
            'id', sales_order.id, 'number', sales_order.number, 'customer_reference', sales_order.customer_reference
        ),
        'product', json_build_object('id', product.id, 'sku', product.sku, 'name', product.name, 'gtin', product.gtin),
        'batch', CASE WHEN batch.id IS NOT NULL THEN json_build_object(
            'id', batch.id, 'code', batch.code, 'best_before_on', batch.best_before_on
        ) END,
        'quantity', trim_scale(line.quantity),
        'disposition', line.disposition,
        'rework_process_id', line.rework_process_id
    ) ORDER BY line.id), '[]') AS items
    FROM trace.return_line AS line
    INNER JOIN trace.shipment_line AS gone
        ON line.organisation_id = gone.organisation_id AND line.shipment_line_id = gone.id
    INNER JOIN trace.shipment AS shipment
        ON gone.organisation_id = shipment.organisation_id AND gone.shipment_id = shipment.id
    INNER JOIN trace.sales_order AS sales_order
        ON gone.organisation_id = sales_order.organisation_id AND gone.order_id = sales_order.id
    INNER JOIN trace.product AS product
        ON gone.organisation_id = product.organisation_id AND gone.product_id = product.id
    LEFT OUTER JOIN trace.batch AS batch
        ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    WHERE line.organisation_id = receipt.organisation_id AND line.return_receipt_id = receipt.id
) AS content
WHERE receipt.organisation_id = %(organisation_id)s::uuid AND receipt.id = %(return_id)s::uuid
