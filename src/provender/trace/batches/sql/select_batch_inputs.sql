-- What a batch was made from, one step back: one row per process and batch used; one row: items (JSON array) and
-- next_key; no row when the batch does not exist or is another tenant's.
-- Parameters: organisation_id, batch_id; last_finished_at, last_process_id, last_id (key of the last row seen, NULL at
-- the first page); page_size (rows).
-- Order: the latest process first, then by process and batch.
-- quantity: what that process took out of the batch used, all its lines added up, in the base unit of that batch.
-- Void processes are left out. A batch that was received, or only counted, has none: []. JOIN: process, batch and
-- material are required and drop nothing; output lines of the same process are only asked for, so they never multiply.
WITH page AS (
    SELECT
        process.id AS process_id,
        process.kind,
        process.started_at,
        process.finished_at,
        line.batch_id AS id,
        sum(line.quantity) AS quantity
    FROM trace.process AS process
    INNER JOIN trace.process_input AS line
        ON process.organisation_id = line.organisation_id AND process.id = line.process_id
    WHERE
        process.organisation_id = %(organisation_id)s::uuid
        AND process.id IN (
            SELECT output.process_id FROM trace.process_output AS output
            WHERE output.organisation_id = %(organisation_id)s::uuid AND output.batch_id = %(batch_id)s::uuid AND NOT output.is_void
        )
        AND NOT line.is_void
        AND (
            %(last_finished_at)s::timestamptz IS NULL
            OR (process.finished_at, process.id, line.batch_id)
            < (%(last_finished_at)s::timestamptz, %(last_process_id)s::uuid, %(last_id)s::uuid)
        )
    GROUP BY
        process.id, process.kind, process.started_at, process.finished_at, line.batch_id
    ORDER BY
        process.finished_at DESC,
        process.id DESC,
        line.batch_id DESC
    LIMIT %(page_size)s::integer + 1
),

cut AS (
    SELECT
        page.process_id,
        page.kind,
        page.started_at,
        page.finished_at,
        page.id,
        page.quantity
    FROM page
    ORDER BY
        page.finished_at DESC,
        page.process_id DESC,
        page.id DESC
    LIMIT %(page_size)s::integer
)

SELECT
    (
        SELECT
            coalesce(json_agg(
                json_build_object(
                    'process', json_build_object(
                        'id', cut.process_id, 'kind', cut.kind, 'started_at', cut.started_at, 'finished_at', cut.finished_at
                    ),
                    'batch', json_build_object(
                        'id', batch.id, 'code', batch.code, 'material_name', material.name, 'material_kind', material.kind
                    ),
                    'quantity', trim_scale(cut.quantity),
                    'base_unit', material.base_unit
                ) ORDER BY cut.finished_at DESC, cut.process_id DESC, cut.id DESC
            ), '[]')
        FROM cut
        INNER JOIN trace.batch AS batch
            ON batch.organisation_id = %(organisation_id)s::uuid AND cut.id = batch.id
        INNER JOIN trace.material AS material
            ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
    ) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (
                SELECT json_build_array(cut.finished_at, cut.process_id, cut.id) FROM cut
                ORDER BY cut.finished_at ASC, cut.process_id ASC, cut.id ASC
                LIMIT 1
            )
    END AS next_key
FROM trace.batch AS made
WHERE made.organisation_id = %(organisation_id)s::uuid AND made.id = %(batch_id)s::uuid
