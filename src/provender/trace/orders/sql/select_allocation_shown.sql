-- One allocation as JSON; no row when it does not exist or is another tenant's. Quantity in pieces.
-- Parameters: organisation_id, allocation_id.
-- The INNER JOINs keep it: it has a line, a product and a batch.
SELECT
    json_build_object(
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
    ) AS allocation
FROM trace.allocation AS allocation
INNER JOIN trace.order_line AS line
    ON allocation.organisation_id = line.organisation_id AND allocation.order_line_id = line.id
INNER JOIN trace.product AS product
    ON allocation.organisation_id = product.organisation_id AND allocation.product_id = product.id
INNER JOIN trace.batch AS batch
    ON allocation.organisation_id = batch.organisation_id AND allocation.batch_id = batch.id
WHERE allocation.organisation_id = %(organisation_id)s::uuid AND allocation.id = %(allocation_id)s::uuid
