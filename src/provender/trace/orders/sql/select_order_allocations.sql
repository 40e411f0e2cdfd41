-- The allocations of an order as a JSON array, the released ones too; no row when there is no such order. Quantities in pieces.
-- Parameters: organisation_id, order_id.
-- Order: by line number, then id (oldest first).
-- The INNER JOINs keep every allocation: each has a line, a product and a batch. The LATERAL always gives one row.
SELECT allocations.items
FROM trace.sales_order AS sales_order
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'id', allocation.id,
        'order_line_id', allocation.order_line_id,
        'line_no', line.line_no,
        'product', json_build_object('id', product.id, 'sku', product.sku, 'name', product.name, 'gtin', product.gtin),
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
    INNER JOIN trace.product AS product
        ON allocation.organisation_id = product.organisation_id AND allocation.product_id = product.id
    INNER JOIN trace.batch AS batch
        ON allocation.organisation_id = batch.organisation_id AND allocation.batch_id = batch.id
    WHERE allocation.organisation_id = sales_order.organisation_id AND allocation.order_id = sales_order.id
) AS allocations
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
