-- Batches that share something with a report: the folded code, the best-before date, a delivery to the customer, or
-- the product. A row is a batch.
-- Parameters: organisation_id, code_key (folded code, or NULL), best_before_on, product_id, customer_id (or NULL).
-- Order: youngest first, then id downwards; each of the four ways gives at most its 200 youngest.
-- UNION keeps a batch found in several ways once. LEFT JOIN keeps batches that are no product; pieces shipped to the
-- customer are summed in a LATERAL that always gives one row.
WITH found AS (
    (
        SELECT batch.id FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.code_key = %(code_key)s::text
        ORDER BY batch.made_on DESC LIMIT 200
    )
    UNION
    (
        SELECT batch.id FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.best_before_on = %(best_before_on)s::date
        ORDER BY batch.made_on DESC LIMIT 200
    )
    UNION
    (
        SELECT line.batch_id FROM trace.sales_order AS sales_order
        INNER JOIN trace.shipment_line AS line
            ON line.organisation_id = %(organisation_id)s::uuid AND sales_order.id = line.order_id
        WHERE
            sales_order.organisation_id = %(organisation_id)s::uuid
            AND sales_order.customer_id = %(customer_id)s::uuid
            AND line.batch_id IS NOT NULL
            AND (%(product_id)s::uuid IS NULL OR line.product_id = %(product_id)s::uuid)
        ORDER BY sales_order.ordered_at DESC LIMIT 200
    )
    UNION
    (
        SELECT batch.id FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.product_id = %(product_id)s::uuid
        ORDER BY batch.made_on DESC LIMIT 200
    )
)

SELECT
    batch.id,
    batch.code,
    batch.code_key,
    batch.made_on,
    batch.best_before_on,
    material.name AS material_name,
    batch.product_id,
    product.name AS product_name,
    shipped.shipped_quantity,
    exists(
        SELECT FROM trace.hold AS hold
        WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.batch_id = batch.id AND hold.state = 'active'
    ) AS is_held
FROM found
INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND found.id = batch.id
INNER JOIN trace.material AS material
    ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
LEFT OUTER JOIN trace.product AS product ON product.organisation_id = %(organisation_id)s::uuid AND batch.product_id = product.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.quantity), 0)::integer AS shipped_quantity
    FROM trace.shipment_line AS line
    WHERE
        line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = batch.id
        AND line.customer_id = %(customer_id)s::uuid
) AS shipped
ORDER BY batch.made_on DESC, batch.id DESC
