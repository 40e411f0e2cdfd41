-- Where the pieces of each line of an order are; one row per line. Read it under the order's lock.
-- Parameters: organisation_id, order_id.
-- Order: by line number.
-- The INNER JOIN keeps every line, for each has a product. What is set aside and what was packed are summed per line, each in a
-- LATERAL that always gives one row: a line without any has 0, and the two do not multiply each other.
SELECT
    line.id AS order_line_id,
    line.line_no,
    line.product_id,
    product.sku,
    line.quantity AS ordered,
    allocated.quantity AS allocated,
    moved.packed,
    moved.shipped
FROM trace.order_line AS line
INNER JOIN trace.product AS product
    ON line.organisation_id = product.organisation_id AND line.product_id = product.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(allocation.quantity), 0) AS quantity
    FROM trace.allocation AS allocation
    WHERE
        allocation.organisation_id = line.organisation_id
        AND allocation.order_line_id = line.id
        AND allocation.state <> 'released'
) AS allocated
CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(packed.quantity) FILTER (WHERE shipment.shipped_at IS NULL), 0) AS packed,
        coalesce(sum(packed.quantity) FILTER (WHERE shipment.shipped_at IS NOT NULL), 0) AS shipped
    FROM trace.shipment_line AS packed
    INNER JOIN trace.shipment AS shipment
        ON packed.organisation_id = shipment.organisation_id AND packed.shipment_id = shipment.id
    WHERE packed.organisation_id = line.organisation_id AND packed.order_line_id = line.id
) AS moved
WHERE line.organisation_id = %(organisation_id)s::uuid AND line.order_id = %(order_id)s::uuid
ORDER BY line.line_no ASC
