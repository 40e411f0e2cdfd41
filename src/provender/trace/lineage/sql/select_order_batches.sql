-- The batches in an order: shipped on it or set aside for it. A row is a batch, or one row with is_unknown for the
-- pieces whose batch nobody knows, with the reasons given.
-- One row: items (JSON array) and unknown_batch_quantity (pieces); no row when the order does not exist.
-- Parameters: organisation_id, order_id.
-- Order: known batches by code, then the unknown. Shipped and allocated pieces are summed per batch before they are
-- joined (two lines of one batch are one row); LEFT JOIN keeps the pieces without a batch.
WITH touched AS (
    SELECT
        line.batch_id,
        line.product_id,
        line.quantity AS shipped_quantity,
        0 AS allocated_quantity,
        line.batch_unknown_reason
    FROM trace.shipment_line AS line
    WHERE line.organisation_id = %(organisation_id)s::uuid AND line.order_id = %(order_id)s::uuid
    UNION ALL
    SELECT
        allocation.batch_id,
        allocation.product_id,
        0 AS shipped_quantity,
        allocation.quantity AS allocated_quantity,
        NULL AS batch_unknown_reason
    FROM trace.allocation AS allocation
    WHERE
        allocation.organisation_id = %(organisation_id)s::uuid AND allocation.order_id = %(order_id)s::uuid
        AND allocation.state <> 'released'
),

summed AS (
    SELECT
        touched.batch_id,
        touched.product_id,
        sum(touched.shipped_quantity) AS shipped_quantity,
        sum(touched.allocated_quantity) AS allocated_quantity,
        string_agg(DISTINCT touched.batch_unknown_reason, '; ') AS unknown_reason
    FROM touched
    GROUP BY touched.batch_id, touched.product_id
)

SELECT
    (
        SELECT coalesce(json_agg(item ORDER BY item.is_unknown ASC, item.code ASC, item.id ASC), '[]')
        FROM (
            SELECT
                summed.batch_id AS id,
                batch.code,
                batch.made_on,
                batch.best_before_on,
                json_build_object('id', product.id, 'sku', product.sku, 'name', product.name) AS product,
                trim_scale(summed.shipped_quantity) AS shipped_quantity,
                trim_scale(summed.allocated_quantity) AS allocated_quantity,
                summed.batch_id IS NULL AS is_unknown,
                summed.unknown_reason
            FROM summed
            INNER JOIN trace.product AS product
                ON product.organisation_id = %(organisation_id)s::uuid AND summed.product_id = product.id
            LEFT OUTER JOIN trace.batch AS batch
                ON batch.organisation_id = %(organisation_id)s::uuid AND summed.batch_id = batch.id
        ) AS item
    ) AS items,
    (
        SELECT trim_scale(coalesce(sum(summed.shipped_quantity), 0)) FROM summed
        WHERE summed.batch_id IS NULL
    ) AS unknown_batch_quantity
FROM trace.sales_order AS sales_order
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
