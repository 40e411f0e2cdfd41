-- The keys of one page of the shipments of an order, and of one shipment more when there are more.
-- Parameters (NULL: any, but order_id): organisation_id; order_id; customer_id; state (packed, shipped or delivered); number (it begins so);
-- from_on, to_on (days of packing, both included, in time_zone); last_packed_at, last_id (key of the last row seen); page_size (rows).
-- Order: the latest packed first (packed_at, then id, both descending).
SELECT
    shipment.packed_at,
    shipment.id
FROM trace.shipment AS shipment
WHERE
    shipment.organisation_id = %(organisation_id)s::uuid
    AND shipment.order_id = %(order_id)s::uuid
    AND (%(customer_id)s::uuid IS NULL OR shipment.customer_id = %(customer_id)s::uuid)
    AND (
        %(state)s::text IS NULL
        OR CASE
            WHEN shipment.shipped_at IS NULL THEN 'packed'
            WHEN shipment.delivered_at IS NULL THEN 'shipped'
            ELSE 'delivered'
        END = %(state)s::text
    )
    AND (%(number)s::text IS NULL OR starts_with(shipment.number, %(number)s::text))
    AND shipment.packed_at >= coalesce(%(from_on)s::date::timestamp AT TIME ZONE %(time_zone)s::text, '-infinity')
    AND shipment.packed_at < coalesce((%(to_on)s::date + 1)::timestamp AT TIME ZONE %(time_zone)s::text, 'infinity')
    AND (shipment.packed_at, shipment.id) < (
        coalesce(%(last_packed_at)s::timestamptz, 'infinity'),
        coalesce(%(last_id)s::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    )
ORDER BY
    shipment.packed_at DESC,
    shipment.id DESC
LIMIT %(page_size)s::integer + 1
