-- What reversing a process would do: one row per batch of its lines; none when it does not exist or has no lines.
-- Parameters: organisation_id, process_id.
-- Order: batch id, the order in which batches are locked.
-- change: what the batch gets back less what it loses, in its base unit. is_blocking: an output was used, shipped or
-- set aside since. JOIN of a line to batch and material is required and drops nothing; inputs and outputs are put below
-- each other (UNION ALL) and added up per batch before they are joined.
WITH moved AS (
    SELECT
        input.batch_id,
        input.quantity AS change
    FROM trace.process_input AS input
    WHERE input.organisation_id = %(organisation_id)s::uuid AND input.process_id = %(process_id)s::uuid
    UNION ALL
    SELECT
        output.batch_id,
        CASE WHEN output.role IN ('scrap', 'sample') THEN 0 ELSE -output.quantity END AS change
    FROM trace.process_output AS output
    WHERE output.organisation_id = %(organisation_id)s::uuid AND output.process_id = %(process_id)s::uuid
),

line AS (
    SELECT
        moved.batch_id,
        sum(moved.change) AS change
    FROM moved
    GROUP BY moved.batch_id
)

SELECT
    batch.id AS batch_id,
    batch.code,
    material.name AS material_name,
    material.base_unit,
    line.change,
    trace.batch_on_hand(batch.organisation_id, batch.id) AS on_hand,
    trace.batch_on_hand(batch.organisation_id, batch.id) + line.change AS on_hand_after,
    exists(
        SELECT FROM trace.hold AS hold
        WHERE hold.organisation_id = batch.organisation_id AND hold.batch_id = batch.id AND hold.state = 'active'
    ) AS is_held,
    line.change < 0 AND trace.batch_on_hand(batch.organisation_id, batch.id) + line.change
    < trace.batch_allocated(batch.organisation_id, batch.id) AS is_blocking
FROM line
INNER JOIN trace.batch AS batch
    ON batch.organisation_id = %(organisation_id)s::uuid AND line.batch_id = batch.id
INNER JOIN trace.material AS material
    ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
ORDER BY
    batch.id ASC
