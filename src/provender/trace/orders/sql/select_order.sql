-- One order as JSON with its lines, what is set aside, its shipments and its states; and its version. No row when it does not
-- exist or is another tenant's. Quantities in pieces.
-- Parameters: organisation_id, order_id.
-- Order within: lines by number; allocations by line, then id (oldest first); shipments by packing time; states oldest first.
-- The INNER JOINs keep their rows: an order has a customer, a line a product, an allocation a batch and a line. The LEFT JOIN keeps
-- an order without a site. Each child is gathered by itself in a LATERAL that always gives one row, so none multiplies another.
SELECT
    json_build_object(
        'id', sales_order.id,
        'number', sales_order.number,
        'state', sales_order.state,
        'customer', json_build_object(
            'id', customer.id, 'name', customer.name, 'country', customer.country, 'language', customer.language
        ),
        'customer_site', CASE WHEN site.id IS NOT NULL THEN json_build_object(
                    'id', site.id, 'name', site.name, 'address', site.address, 'country', site.country, 'time_zone', site.time_zone
                )
        END,
        'customer_reference', sales_order.customer_reference,
        'currency', sales_order.currency,
        'ordered_at', sales_order.ordered_at,
        'expected_on', sales_order.expected_on,
        'delay_reason', sales_order.delay_reason,
        'note', sales_order.note,
        'version', sales_order.version,
        'amount', trim_scale(lines.amount),
        'lines', lines.items,
        'allocations', allocations.items,
        'shipments', shipments.items,
        'states', states.items
    ) AS sales_order,
    sales_order.version
FROM trace.sales_order AS sales_order
INNER JOIN trace.customer AS customer
    ON sales_order.organisation_id = customer.organisation_id AND sales_order.customer_id = customer.id
LEFT OUTER JOIN trace.customer_site AS site
    ON sales_order.organisation_id = site.organisation_id AND sales_order.customer_site_id = site.id
CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(order_line.quantity * order_line.unit_price), 0) AS amount,
        coalesce(json_agg(json_build_object(
            'id', order_line.id,
            'line_no', order_line.line_no,
            'product', json_build_object('id', product.id, 'sku', product.sku, 'name', product.name, 'gtin', product.gtin),
            'unit_price', trim_scale(order_line.unit_price),
            'ordered_quantity', trim_scale(order_line.quantity),
            'allocated_quantity', trim_scale(allocated.quantity),
            'packed_quantity', trim_scale(moved.packed),
            'shipped_quantity', trim_scale(moved.shipped),
            'returned_quantity', trim_scale(returned.quantity),
            'open_quantity', trim_scale(order_line.quantity - moved.packed - moved.shipped),
            'back_ordered_quantity', trim_scale(greatest(0, order_line.quantity - moved.packed - moved.shipped - allocated.quantity))
        ) ORDER BY order_line.line_no), '[]') AS items
    FROM trace.order_line AS order_line
    INNER JOIN trace.product AS product
        ON order_line.organisation_id = product.organisation_id AND order_line.product_id = product.id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(allocation.quantity), 0) AS quantity
        FROM trace.allocation AS allocation
        WHERE
            allocation.organisation_id = order_line.organisation_id
            AND allocation.order_line_id = order_line.id
            AND allocation.state <> 'released'
    ) AS allocated
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(packed.quantity) FILTER (WHERE shipment.shipped_at IS NULL), 0) AS packed,
            coalesce(sum(packed.quantity) FILTER (WHERE shipment.shipped_at IS NOT NULL), 0) AS shipped
        FROM trace.shipment_line AS packed
        INNER JOIN trace.shipment AS shipment
            ON packed.organisation_id = shipment.organisation_id AND packed.shipment_id = shipment.id
        WHERE packed.organisation_id = order_line.organisation_id AND packed.order_line_id = order_line.id
    ) AS moved
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(back.quantity), 0) AS quantity
        FROM trace.shipment_line AS gone
        INNER JOIN trace.return_line AS back
            ON gone.organisation_id = back.organisation_id AND gone.id = back.shipment_line_id
        WHERE gone.organisation_id = order_line.organisation_id AND gone.order_line_id = order_line.id
    ) AS returned
    WHERE order_line.organisation_id = sales_order.organisation_id AND order_line.order_id = sales_order.id
) AS lines
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'id', allocation.id,
        'order_line_id', allocation.order_line_id,
        'batch', json_build_object('id', batch.id, 'code', batch.code, 'best_before_on', batch.best_before_on),
        'is_held', EXISTS (
            SELECT FROM trace.hold AS hold
            WHERE hold.organisation_id = allocation.organisation_id AND hold.batch_id = allocation.batch_id AND hold.state = 'active'
        ),
        'quantity', trim_scale(allocation.quantity),
        'state', allocation.state,
        'created_at', allocation.created_at
    ) ORDER BY line.line_no, allocation.id), '[]') AS items
    FROM trace.allocation AS allocation
    INNER JOIN trace.order_line AS line
        ON allocation.organisation_id = line.organisation_id AND allocation.order_line_id = line.id
    INNER JOIN trace.batch AS batch
        ON allocation.organisation_id = batch.organisation_id AND allocation.batch_id = batch.id
    WHERE
        allocation.organisation_id = sales_order.organisation_id
        AND allocation.order_id = sales_order.id
        AND allocation.state <> 'released'
) AS allocations
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'id', shipment.id,
        'number', shipment.number,
        'carrier', shipment.carrier,
        'tracking_number', shipment.tracking_number,
        'packed_at', shipment.packed_at,
        'shipped_at', shipment.shipped_at,
        'delivered_at', shipment.delivered_at,
        'quantity', trim_scale(content.quantity)
    ) ORDER BY shipment.packed_at, shipment.id), '[]') AS items
    FROM trace.shipment AS shipment
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(line.quantity), 0) AS quantity
        FROM trace.shipment_line AS line
        WHERE line.organisation_id = shipment.organisation_id AND line.shipment_id = shipment.id
    ) AS content
    WHERE shipment.organisation_id = sales_order.organisation_id AND shipment.order_id = sales_order.id
) AS shipments
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'from_state', entry.from_state,
        'to_state', entry.to_state,
        'reason', entry.reason,
        'changed_at', entry.changed_at,
        'changed_by', entry.changed_by_name
    ) ORDER BY entry.changed_at, entry.id), '[]') AS items
    FROM trace.order_status_log AS entry
    WHERE entry.organisation_id = sales_order.organisation_id AND entry.order_id = sales_order.id
) AS states
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
