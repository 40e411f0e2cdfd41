-- One page of the processes that took from or filled the affected batches of a case; one row: items (JSON array),
-- next_key. An item is a process with its inputs and outputs, each line with its batch.
-- Parameters: organisation_id, recall_case_id; last_finished_at, last_id (key of the last row seen, or NULL); page_size
-- (processes).
-- Order: finished_at, then id. Void processes are left out; so are batches that only time excludes.
-- The page is cut first; lines are aggregated per process before they are joined, so that inputs and outputs do not
-- multiply each other. LEFT JOINs keep processes without inputs or outputs, batches without product, farm or supplier.
WITH affected AS MATERIALIZED (
    SELECT DISTINCT item.batch_id
    FROM trace.recall_item AS item
    WHERE
        item.organisation_id = %(organisation_id)s::uuid
        AND item.recall_case_id = %(recall_case_id)s::uuid
        AND item.kind = 'batch'
        AND item.certainty <> 'time_excluded'
),

touched AS (
    SELECT input.process_id
    FROM affected
    INNER JOIN trace.process_input AS input
        ON
            input.organisation_id = %(organisation_id)s::uuid
            AND affected.batch_id = input.batch_id
            AND NOT input.is_void
    UNION
    SELECT output.process_id
    FROM affected
    INNER JOIN trace.process_output AS output
        ON
            output.organisation_id = %(organisation_id)s::uuid
            AND affected.batch_id = output.batch_id
            AND NOT output.is_void
),

page AS (
    SELECT
        process.id,
        process.kind,
        process.started_at,
        process.finished_at,
        process.equipment
    FROM touched
    INNER JOIN trace.process AS process
        ON process.organisation_id = %(organisation_id)s::uuid AND touched.process_id = process.id
    WHERE
        %(last_id)s::uuid IS NULL
        OR (process.finished_at, process.id) > (%(last_finished_at)s::timestamptz, %(last_id)s::uuid)
    ORDER BY process.finished_at ASC, process.id ASC
    LIMIT %(page_size)s::integer + 1
),

input AS (
    SELECT
        page.id AS process_id,
        json_agg(
            json_build_object(
                'line_no', line.line_no,
                'batch_id', line.batch_id,
                'batch_code', batch.code,
                'material', material.name,
                'product', product.name,
                'gtin', product.gtin,
                'quantity', trim_scale(line.quantity),
                'unit', material.base_unit,
                'is_affected', line.batch_id IN (SELECT affected.batch_id FROM affected)
            ) ORDER BY line.line_no ASC
        ) AS lines
    FROM page
    INNER JOIN trace.process_input AS line
        ON line.organisation_id = %(organisation_id)s::uuid AND page.id = line.process_id
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND line.batch_id = batch.id
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
    LEFT OUTER JOIN trace.product AS product
        ON product.organisation_id = %(organisation_id)s::uuid AND batch.product_id = product.id
    GROUP BY page.id
),

output AS (
    SELECT
        page.id AS process_id,
        json_agg(
            json_build_object(
                'line_no', line.line_no,
                'batch_id', line.batch_id,
                'batch_code', batch.code,
                'material', material.name,
                'product', product.name,
                'gtin', product.gtin,
                'quantity', trim_scale(line.quantity),
                'unit', material.base_unit,
                'role', line.role,
                'farm_id', farm.id,
                'farm', farm.name,
                'farm_country', farm.country,
                'supplier_id', supplier.id,
                'supplier', supplier.name,
                'supplier_country', supplier.country,
                'is_affected', line.batch_id IN (SELECT affected.batch_id FROM affected)
            ) ORDER BY line.line_no ASC
        ) AS lines
    FROM page
    INNER JOIN trace.process_output AS line
        ON line.organisation_id = %(organisation_id)s::uuid AND page.id = line.process_id
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND line.batch_id = batch.id
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
    LEFT OUTER JOIN trace.product AS product
        ON product.organisation_id = %(organisation_id)s::uuid AND batch.product_id = product.id
    LEFT OUTER JOIN trace.farm AS farm
        ON farm.organisation_id = %(organisation_id)s::uuid AND batch.farm_id = farm.id
    LEFT OUTER JOIN trace.supplier AS supplier
        ON supplier.organisation_id = %(organisation_id)s::uuid AND batch.supplier_id = supplier.id
    GROUP BY page.id
),

shown AS (
    SELECT
        page.id,
        page.kind,
        page.started_at,
        page.finished_at,
        page.equipment,
        coalesce(input.lines, '[]') AS inputs,
        coalesce(output.lines, '[]') AS outputs
    FROM page
    LEFT OUTER JOIN input ON page.id = input.process_id
    LEFT OUTER JOIN output ON page.id = output.process_id
    ORDER BY page.finished_at ASC, page.id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.finished_at ASC, shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (
                SELECT json_build_array(shown.finished_at, shown.id) FROM shown
                ORDER BY shown.finished_at DESC, shown.id DESC LIMIT 1
            )
    END AS next_key
