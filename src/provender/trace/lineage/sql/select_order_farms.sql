-- The farms behind an order: of every batch shipped on it or set aside for it, and of all these were made from.
-- One row: items (JSON array of farms) and unknown_batch_quantity (pieces shipped whose batch is not known, so that
-- nobody takes the list for complete); no row when the order does not exist.
-- Parameters: organisation_id, order_id.
-- Order: name, then id. UNION: each batch once per farm. INNER JOINs drop nothing; batches without a farm drop out.
WITH reached AS MATERIALIZED (
    SELECT ancestor.batch_id
    FROM
        trace.ancestor_batches(
            %(organisation_id)s::uuid,
            array(
                SELECT line.batch_id FROM trace.shipment_line AS line
                WHERE
                    line.organisation_id = %(organisation_id)s::uuid AND line.order_id = %(order_id)s::uuid
                    AND line.batch_id IS NOT NULL
                UNION
                SELECT allocation.batch_id FROM trace.allocation AS allocation
                WHERE
                    allocation.organisation_id = %(organisation_id)s::uuid AND allocation.order_id = %(order_id)s::uuid
                    AND allocation.state <> 'released'
            )
        ) AS ancestor (batch_id)
),

origin AS (
    SELECT
        batch.id,
        batch.code,
        batch.farm_id
    FROM reached
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = batch.id
    WHERE batch.farm_id IS NOT NULL
    UNION
    SELECT
        batch.id,
        batch.code,
        origin.farm_id
    FROM reached
    INNER JOIN trace.batch_origin AS origin
        ON origin.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = origin.batch_id
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = batch.id
)

SELECT
    (
        SELECT coalesce(json_agg(listed ORDER BY listed.name ASC, listed.id ASC), '[]')
        FROM (
            SELECT
                farm.id,
                farm.name,
                farm.producer_name,
                farm.country,
                farm.region,
                count(*) AS batch_count,
                json_agg(origin.code ORDER BY origin.code ASC) AS batch_codes
            FROM origin
            INNER JOIN trace.farm AS farm
                ON farm.organisation_id = %(organisation_id)s::uuid AND origin.farm_id = farm.id
            GROUP BY farm.id, farm.name, farm.producer_name, farm.country, farm.region
        ) AS listed
    ) AS items,
    (
        SELECT trim_scale(coalesce(sum(line.quantity), 0)) FROM trace.shipment_line AS line
        WHERE
            line.organisation_id = %(organisation_id)s::uuid AND line.order_id = %(order_id)s::uuid AND line.batch_id IS NULL
    ) AS unknown_batch_quantity
FROM trace.sales_order AS sales_order
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
