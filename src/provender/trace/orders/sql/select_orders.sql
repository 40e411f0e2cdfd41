-- Some orders as a JSON array, each with what was ordered, is set aside, packed and shipped, in pieces, and its value.
-- Parameters: organisation_id, order_ids (array of ids; unknown and foreign ones are left out).
-- Order: the newest first (ordered_at, then id, both descending).
-- The INNER JOIN keeps every order, for each has a customer. Lines, what is set aside and what was packed are summed per order, each
-- in its own LATERAL that always gives one row: an order without any has 0, and the children do not multiply each other.
SELECT coalesce(json_agg(shown ORDER BY shown.ordered_at DESC, shown.id DESC), '[]') AS items
FROM (
    SELECT
        sales_order.id,
        sales_order.number,
        sales_order.state,
        json_build_object('id', customer.id, 'name', customer.name, 'country', customer.country) AS customer,
        sales_order.customer_reference,
        sales_order.currency,
        sales_order.ordered_at,
        sales_order.expected_on,
        sales_order.version,
        line.line_count,
        trim_scale(line.ordered_quantity) AS ordered_quantity,
        trim_scale(allocation.allocated_quantity) AS allocated_quantity,
        trim_scale(shipment_line.packed_quantity) AS packed_quantity,
        trim_scale(shipment_line.shipped_quantity) AS shipped_quantity,
        trim_scale(line.amount) AS amount
    FROM trace.sales_order AS sales_order
    INNER JOIN trace.customer AS customer
        ON sales_order.organisation_id = customer.organisation_id AND sales_order.customer_id = customer.id
    CROSS JOIN LATERAL (
        SELECT
            count(*) AS line_count,
            coalesce(sum(line.quantity), 0) AS ordered_quantity,
            coalesce(sum(line.quantity * line.unit_price), 0) AS amount
        FROM trace.order_line AS line
        WHERE line.organisation_id = sales_order.organisation_id AND line.order_id = sales_order.id
    ) AS line
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(allocation.quantity), 0) AS allocated_quantity
        FROM trace.allocation AS allocation
        WHERE
            allocation.organisation_id = sales_order.organisation_id
            AND allocation.order_id = sales_order.id
            AND allocation.state <> 'released'
    ) AS allocation
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(packed.quantity) FILTER (WHERE shipment.shipped_at IS NULL), 0) AS packed_quantity,
            coalesce(sum(packed.quantity) FILTER (WHERE shipment.shipped_at IS NOT NULL), 0) AS shipped_quantity
        FROM trace.shipment_line AS packed
        INNER JOIN trace.shipment AS shipment
            ON packed.organisation_id = shipment.organisation_id AND packed.shipment_id = shipment.id
        WHERE packed.organisation_id = sales_order.organisation_id AND packed.order_id = sales_order.id
    ) AS shipment_line
    WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = any(%(order_ids)s::uuid[])
) AS shown
