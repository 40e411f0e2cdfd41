-- Some shipments as a JSON array, with how much they hold and how much of it came back, in pieces.
-- Parameters: organisation_id, shipment_ids (array of ids; unknown and foreign ones are left out).
-- Order: the latest packed first (packed_at, then id, both descending).
-- The INNER JOINs keep every shipment: each has an order and a customer. Lines and returns are summed per shipment, each in a LATERAL
-- that always gives one row: a shipment nothing came back of has 0, and the two do not multiply each other.
SELECT coalesce(json_agg(shown ORDER BY shown.packed_at DESC, shown.id DESC), '[]') AS items
FROM (
    SELECT
        shipment.id,
        shipment.number,
        CASE
            WHEN shipment.shipped_at IS NULL THEN 'packed'
            WHEN shipment.delivered_at IS NULL THEN 'shipped'
            ELSE 'delivered'
        END AS state,
        json_build_object(
            'id', sales_order.id, 'number', sales_order.number, 'customer_reference', sales_order.customer_reference
        ) AS "order",
        json_build_object('id', customer.id, 'name', customer.name, 'country', customer.country) AS customer,
        shipment.carrier,
        shipment.tracking_number,
        shipment.packed_at,
        shipment.shipped_at,
        shipment.delivered_at,
        shipment.version,
        content.line_count,
        trim_scale(content.quantity) AS quantity,
        trim_scale(returned.quantity) AS returned_quantity
    FROM trace.shipment AS shipment
    INNER JOIN trace.sales_order AS sales_order
        ON shipment.organisation_id = sales_order.organisation_id AND shipment.order_id = sales_order.id
    INNER JOIN trace.customer AS customer
        ON shipment.organisation_id = customer.organisation_id AND shipment.customer_id = customer.id
    CROSS JOIN LATERAL (
        SELECT
            count(*) AS line_count,
            coalesce(sum(line.quantity), 0) AS quantity
        FROM trace.shipment_line AS line
        WHERE line.organisation_id = shipment.organisation_id AND line.shipment_id = shipment.id
    ) AS content
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(back.quantity), 0) AS quantity
        FROM trace.shipment_line AS gone
        INNER JOIN trace.return_line AS back
            ON gone.organisation_id = back.organisation_id AND gone.id = back.shipment_line_id
        WHERE gone.organisation_id = shipment.organisation_id AND gone.shipment_id = shipment.id
    ) AS returned
    WHERE shipment.organisation_id = %(organisation_id)s::uuid AND shipment.id = any(%(shipment_ids)s::uuid[])
) AS shown
