-- What the notices of a case must name: a row is what left on one day of one batch (or of an unknown one) for one order.
-- Parameters: organisation_id, recall_case_id, time_zone (IANA name: in it the days of shipping are counted).
-- Order: customer, product name, batch code, day. LEFT JOIN keeps pieces whose batch is unknown.
SELECT
    customer.id AS customer_id,
    customer.name AS customer_name,
    customer.language,
    product.name AS product_name,
    batch.code AS batch_code,
    batch.best_before_on,
    (shipment.shipped_at AT TIME ZONE %(time_zone)s::text)::date AS shipped_on,
    sales_order.customer_reference,
    sales_order.number AS order_number,
    sum(item.quantity - coalesce(item.returned_quantity, 0)) AS quantity,
    bool_or(item.certainty = 'direct') AS is_certain
FROM trace.recall_item AS item
INNER JOIN trace.shipment_line AS line
    ON line.organisation_id = %(organisation_id)s::uuid AND item.subject_id = line.id
INNER JOIN trace.shipment AS shipment
    ON shipment.organisation_id = %(organisation_id)s::uuid AND line.shipment_id = shipment.id
INNER JOIN trace.sales_order AS sales_order
    ON sales_order.organisation_id = %(organisation_id)s::uuid AND line.order_id = sales_order.id
INNER JOIN trace.customer AS customer
    ON customer.organisation_id = %(organisation_id)s::uuid AND line.customer_id = customer.id
INNER JOIN trace.product AS product
    ON product.organisation_id = %(organisation_id)s::uuid AND line.product_id = product.id
LEFT OUTER JOIN trace.batch AS batch
    ON batch.organisation_id = %(organisation_id)s::uuid AND line.batch_id = batch.id
WHERE
    item.organisation_id = %(organisation_id)s::uuid
    AND item.recall_case_id = %(recall_case_id)s::uuid
    AND item.kind = 'shipment_line'
    AND item.is_notified
GROUP BY
    customer.id,
    customer.name,
    customer.language,
    product.name,
    batch.code,
    batch.best_before_on,
    shipped_on,
    sales_order.customer_reference,
    sales_order.number
ORDER BY customer.id ASC, product.name ASC, batch.code ASC, shipped_on ASC
