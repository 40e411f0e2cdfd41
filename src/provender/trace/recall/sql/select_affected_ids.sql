-- The batches that a recall from these roots looks at: everything made from them, and where doubt may have got to.
-- A row is a batch id, each once.
-- Parameters: organisation_id, root_ids (uuid array), has_doubts (also what ran on the same equipment until the day
-- after, and rework of the same material, with everything made from these).
-- Order: by id, the order in which batches are locked.
-- INNER JOINs keep processes that name equipment, and batches of rework; the rest cannot have carried anything over.
WITH reached AS MATERIALIZED (
    SELECT descendant.batch_id
    FROM trace.descendant_batches(%(organisation_id)s::uuid, %(root_ids)s::uuid[]) AS descendant (batch_id)
),

affected_process AS (
    SELECT DISTINCT
        process.id,
        process.equipment,
        process.started_at,
        process.finished_at
    FROM reached
    INNER JOIN trace.process_input AS input
        ON
            input.organisation_id = %(organisation_id)s::uuid
            AND reached.batch_id = input.batch_id
            AND NOT input.is_void
    INNER JOIN trace.process AS process
        ON
            process.organisation_id = %(organisation_id)s::uuid
            AND input.process_id = process.id
            AND process.equipment IS NOT NULL
    WHERE %(has_doubts)s::boolean
),

doubtful AS (
    SELECT output.batch_id
    FROM affected_process AS affected
    INNER JOIN trace.process AS process
        ON
            process.organisation_id = %(organisation_id)s::uuid
            AND affected.equipment = process.equipment
            AND affected.finished_at + interval '2 days' >= process.started_at
            AND affected.started_at <= process.finished_at
            AND NOT process.is_void
    INNER JOIN trace.process_output AS output
        ON output.organisation_id = %(organisation_id)s::uuid AND process.id = output.process_id
    UNION
    SELECT other.id AS batch_id
    FROM reached
    INNER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND reached.batch_id = batch.id
    INNER JOIN trace.material AS material
        ON
            material.organisation_id = %(organisation_id)s::uuid
            AND batch.material_id = material.id
            AND material.kind = 'rework'
    INNER JOIN trace.batch AS other
        ON other.organisation_id = %(organisation_id)s::uuid AND batch.material_id = other.material_id
    WHERE %(has_doubts)s::boolean
)

SELECT reached.batch_id FROM reached
UNION
SELECT descendant.batch_id
FROM
    trace.descendant_batches(
        %(organisation_id)s::uuid, array(SELECT doubtful.batch_id FROM doubtful)
    ) AS descendant (batch_id)
ORDER BY batch_id ASC
