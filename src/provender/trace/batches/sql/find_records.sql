-- What a code typed into the search field may mean; one row per record found.
-- Parameters: organisation_id; code_key (folded batch code); code (as typed, for numbers of orders and the like, which are
-- compared in capitals); best_before_on (date or NULL); gtin (14 digits or NULL: narrows batches to this product); product_gtin (14 digits or NULL:
-- finds the product itself); most (how many of each kind).
-- Order: kind by kind as written below, in each the nearest first: batches with exactly this code, then those that begin
-- with it; the latest first.
-- JOIN of a record to material or customer is required and drops nothing; the kinds are put below each other (UNION ALL).
WITH batch_hit AS (
    SELECT
        batch.id,
        batch.code,
        batch.material_id,
        batch.made_on,
        batch.best_before_on,
        batch.code_key = %(code_key)s::text AS is_whole
    FROM trace.batch AS batch
    WHERE
        batch.organisation_id = %(organisation_id)s::uuid
        AND %(code_key)s::text <> ''
        AND starts_with(batch.code_key, %(code_key)s::text)
        AND (
            %(gtin)s::text IS NULL
            OR batch.product_id IN (
                SELECT product.id FROM trace.product AS product
                WHERE product.organisation_id = %(organisation_id)s::uuid AND lpad(product.gtin, 14, '0') = %(gtin)s::text
            )
        )
    ORDER BY
        is_whole DESC,
        batch.made_on DESC,
        batch.id DESC
    LIMIT %(most)s::integer
),

dated AS (
    SELECT
        batch.id,
        batch.code,
        batch.material_id,
        batch.made_on,
        batch.best_before_on
    FROM trace.batch AS batch
    WHERE
        batch.organisation_id = %(organisation_id)s::uuid
        AND batch.best_before_on = %(best_before_on)s::date
    ORDER BY
        batch.made_on DESC,
        batch.id DESC
    LIMIT %(most)s::integer
),

hit AS (
    SELECT
        1 AS rank,
        'batch' AS kind,
        batch_hit.id,
        batch_hit.code AS title,
        material.name AS detail,
        batch_hit.is_whole,
        batch_hit.made_on AS happened_on
    FROM batch_hit
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch_hit.material_id = material.id
    UNION ALL
    SELECT
        2 AS rank,
        'batch' AS kind,
        dated.id,
        dated.code AS title,
        material.name AS detail,
        true AS is_whole,
        dated.made_on AS happened_on
    FROM dated
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND dated.material_id = material.id
    UNION ALL
    SELECT
        3 AS rank,
        'product' AS kind,
        product.id,
        product.sku AS title,
        product.name AS detail,
        true AS is_whole,
        product.created_at::date AS happened_on
    FROM trace.product AS product
    WHERE
        product.organisation_id = %(organisation_id)s::uuid
        AND (
            upper(product.sku) = upper(%(code)s::text)
            OR lpad(product.gtin, 14, '0') = %(product_gtin)s::text
        )
    UNION ALL
    SELECT
        4 AS rank,
        'order' AS kind,
        sales_order.id,
        sales_order.number AS title,
        customer.name AS detail,
        true AS is_whole,
        sales_order.ordered_at::date AS happened_on
    FROM trace.sales_order AS sales_order
    INNER JOIN trace.customer AS customer
        ON sales_order.organisation_id = customer.organisation_id AND sales_order.customer_id = customer.id
    WHERE
        sales_order.organisation_id = %(organisation_id)s::uuid
        AND (sales_order.number = upper(%(code)s::text) OR sales_order.customer_reference = %(code)s::text)
    UNION ALL
    SELECT
        5 AS rank,
        'shipment' AS kind,
        shipment.id,
        shipment.number AS title,
        customer.name AS detail,
        true AS is_whole,
        shipment.packed_at::date AS happened_on
    FROM trace.shipment AS shipment
    INNER JOIN trace.customer AS customer
        ON shipment.organisation_id = customer.organisation_id AND shipment.customer_id = customer.id
    WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.number = upper(%(code)s::text)
    UNION ALL
    SELECT
        6 AS rank,
        'complaint' AS kind,
        complaint.id,
        complaint.number AS title,
        left(complaint.description, 80) AS detail,
        true AS is_whole,
        complaint.received_at::date AS happened_on
    FROM trace.complaint AS complaint
    WHERE complaint.organisation_id = %(organisation_id)s::uuid AND complaint.number = upper(%(code)s::text)
    UNION ALL
    SELECT
        7 AS rank,
        'recall' AS kind,
        recall.id,
        recall.number AS title,
        recall.title AS detail,
        true AS is_whole,
        recall.opened_at::date AS happened_on
    FROM trace.recall_case AS recall
    WHERE recall.organisation_id = %(organisation_id)s::uuid AND recall.number = upper(%(code)s::text)
)

SELECT
    hit.kind,
    hit.id,
    hit.title,
    hit.detail,
    hit.is_whole,
    hit.happened_on
FROM hit
ORDER BY
    hit.is_whole DESC,
    hit.rank ASC,
    hit.happened_on DESC,
    hit.id DESC
