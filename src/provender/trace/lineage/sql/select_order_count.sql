-- How many orders got something of a batch or of anything made from it, counted no further than asked; one row.
-- Parameters: organisation_id, batch_id, most (counting stops one beyond it).
-- Order: none that is seen: which orders are counted does not matter, they are taken by id.
-- INNER JOINs keep what was shipped or set aside of these batches, each order once; what was given back does not count.
WITH reached AS MATERIALIZED (
    SELECT descendant.batch_id
    FROM trace.descendant_batches(%(organisation_id)s::uuid, ARRAY[%(batch_id)s::uuid]) AS descendant (batch_id)
),

touched AS (
    SELECT line.order_id
    FROM reached
    INNER JOIN trace.shipment_line AS line
        ON line.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = line.batch_id
    UNION
    SELECT allocation.order_id
    FROM reached
    INNER JOIN trace.allocation AS allocation
        ON
            allocation.organisation_id = %(organisation_id)s::uuid
            AND reached.batch_id = allocation.batch_id
            AND allocation.state <> 'released'
),

counted AS (
    SELECT touched.order_id
    FROM touched
    ORDER BY touched.order_id ASC
    LIMIT %(most)s::integer + 1
)

SELECT count(*)::integer AS order_count
FROM counted
