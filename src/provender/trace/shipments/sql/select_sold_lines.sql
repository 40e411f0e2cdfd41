-- Some shipment lines as a return sees them, in pieces; one row per line that exists.
-- Parameters: organisation_id, shipment_line_ids (array).
-- Order: by id.
-- The INNER JOIN keeps every line: each has a shipment. What came back is summed per line in a LATERAL that always gives one row.
SELECT
    line.id,
    line.customer_id,
    line.batch_id,
    line.quantity AS shipped,
    returned.quantity AS returned,
    shipment.shipped_at
FROM trace.shipment_line AS line
INNER JOIN trace.shipment AS shipment
    ON line.organisation_id = shipment.organisation_id AND line.shipment_id = shipment.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(back.quantity), 0) AS quantity
    FROM trace.return_line AS back
    WHERE back.organisation_id = line.organisation_id AND back.shipment_line_id = line.id
) AS returned
WHERE line.organisation_id = %(organisation_id)s::uuid AND line.id = any(%(shipment_line_ids)s::uuid[])
ORDER BY line.id ASC
