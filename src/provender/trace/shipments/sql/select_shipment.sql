-- One shipment as JSON with its lines, and its version; no row when it does not exist or is another tenant's. Quantities in pieces.
-- Parameters: organisation_id, shipment_id.
-- Order within: lines by the number of the order line, then id.
-- The INNER JOINs keep every row: a shipment has an order and a customer, its line an order line and a product. The LEFT JOINs
-- keep an order without a site and a line whose batch is unknown. What came back is summed per line in a LATERAL that always gives
-- one row.
SELECT
    json_build_object(
        'id', shipment.id,
        'number', shipment.number,
        'state', CASE
            WHEN shipment.shipped_at IS NULL THEN 'packed'
            WHEN shipment.delivered_at IS NULL THEN 'shipped'
            ELSE 'delivered'
        END,
        'order', json_build_object(
            'id', sales_order.id, 'number', sales_order.number, 'customer_reference', sales_order.customer_reference
        ),
        'customer', json_build_object(
            'id', customer.id, 'name', customer.name, 'country', customer.country, 'language', customer.language
        ),
        'customer_site', CASE WHEN site.id IS NOT NULL THEN json_build_object(
                    'id', site.id, 'name', site.name, 'address', site.address, 'country', site.country, 'time_zone', site.time_zone
                )
        END,
        'currency', sales_order.currency,
        'carrier', shipment.carrier,
        'tracking_number', shipment.tracking_number,
        'packed_at', shipment.packed_at,
        'shipped_at', shipment.shipped_at,
        'delivered_at', shipment.delivered_at,
        'version', shipment.version,
        'lines', content.items
    ) AS shipment,
    shipment.version
FROM trace.shipment AS shipment
INNER JOIN trace.sales_order AS sales_order
    ON shipment.organisation_id = sales_order.organisation_id AND shipment.order_id = sales_order.id
INNER JOIN trace.customer AS customer
    ON shipment.organisation_id = customer.organisation_id AND shipment.customer_id = customer.id
LEFT OUTER JOIN trace.customer_site AS site
    ON sales_order.organisation_id = site.organisation_id AND sales_order.customer_site_id = site.id
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'id', line.id,
        'order_line_id', line.order_line_id,
        'line_no', order_line.line_no,
        'product', json_build_object('id', product.id, 'sku', product.sku, 'name', product.name, 'gtin', product.gtin),
        'batch', CASE WHEN batch.id IS NOT NULL THEN json_build_object(
            'id', batch.id, 'code', batch.code, 'best_before_on', batch.best_before_on
        ) END,
        'batch_unknown_reason', line.batch_unknown_reason,
        'is_held', EXISTS (
            SELECT FROM trace.hold AS hold
            WHERE hold.organisation_id = line.organisation_id AND hold.batch_id = line.batch_id AND hold.state = 'active'
        ),
        'quantity', trim_scale(line.quantity),
        'returned_quantity', trim_scale(returned.quantity),
        'unit_price', trim_scale(order_line.unit_price),
        'net_mass_g', trim_scale(line.quantity * coalesce(batch.unit_mass_g, product.net_mass_g))
    ) ORDER BY order_line.line_no, line.id), '[]') AS items
    FROM trace.shipment_line AS line
    INNER JOIN trace.order_line AS order_line
        ON line.organisation_id = order_line.organisation_id AND line.order_line_id = order_line.id
    INNER JOIN trace.product AS product
        ON line.organisation_id = product.organisation_id AND line.product_id = product.id
    LEFT OUTER JOIN trace.batch AS batch
        ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(back.quantity), 0) AS quantity
        FROM trace.return_line AS back
        WHERE back.organisation_id = line.organisation_id AND back.shipment_line_id = line.id
    ) AS returned
    WHERE line.organisation_id = shipment.organisation_id AND line.shipment_id = shipment.id
) AS content
WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.id = %(shipment_id)s::uuid
