-- What was made from a batch, one step forward: one row per process, batch made and role; one row: items (JSON array)
-- and next_key; no row when the batch does not exist or is another tenant's.
-- Parameters: organisation_id, batch_id; last_finished_at, last_process_id, last_id, last_role (key of the last row
-- seen, NULL at the first page); page_size (rows).
-- Order: the latest process first, then by process, batch and role.
-- quantity: what that process put into the batch made, all its lines added up, in the base unit of that batch; not the
-- share of this batch in it. Void processes are left out. A batch of which nothing was made has none: [].
-- JOIN: process, batch and material are required and drop nothing; input lines of the same process are only asked for,
-- so they never multiply.
WITH page AS (
    SELECT
        process.id AS process_id,
        process.kind,
        process.started_at,
        process.finished_at,
        line.batch_id AS id,
        line.role,
        sum(line.quantity) AS quantity
    FROM trace.process AS process
    INNER JOIN trace.process_output AS line
        ON process.organisation_id = line.organisation_id AND process.id = line.process_id
    WHERE
        process.organisation_id = %(organisation_id)s::uuid
        AND process.id IN (
            SELECT input.process_id FROM trace.process_input AS input
            WHERE input.organisation_id = %(organisation_id)s::uuid AND input.batch_id = %(batch_id)s::uuid AND NOT input.is_void
        )
        AND NOT line.is_void
        AND (
            %(last_finished_at)s::timestamptz IS NULL
            OR (process.finished_at, process.id, line.batch_id, line.role)
            < (%(last_finished_at)s::timestamptz, %(last_process_id)s::uuid, %(last_id)s::uuid, %(last_role)s::text)
        )
    GROUP BY
        process.id, process.kind, process.started_at, process.finished_at, line.batch_id, line.role
    ORDER BY
        process.finished_at DESC,
        process.id DESC,
        line.batch_id DESC,
        line.role DESC
    LIMIT %(page_size)s::integer + 1
),

cut AS (
    SELECT
        page.process_id,
        page.kind,
        page.started_at,
        page.finished_at,
        page.id,
        page.role,
        page.quantity
    FROM page
    ORDER BY
        page.finished_at DESC,
        page.process_id DESC,
        page.id DESC,
        page.role DESC
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
                    'role', cut.role,
                    'quantity', trim_scale(cut.quantity),
                    'base_unit', material.base_unit
                ) ORDER BY cut.finished_at DESC, cut.process_id DESC, cut.id DESC, cut.role DESC
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
                SELECT json_build_array(cut.finished_at, cut.process_id, cut.id, cut.role) FROM cut
                ORDER BY cut.finished_at ASC, cut.process_id ASC, cut.id ASC, cut.role ASC
                LIMIT 1
            )
    END AS next_key
FROM trace.batch AS used
WHERE used.organisation_id = %(organisation_id)s::uuid AND used.id = %(batch_id)s::uuid
