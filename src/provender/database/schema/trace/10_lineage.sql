-- The two walks on which every trace stands. UNION visits a batch once, so cycles end and paths do not multiply;
-- LATERAL with OFFSET 0 keeps the planner on one index probe per batch (measured: docs/decisions/0008).
CREATE FUNCTION trace.descendant_batches(wanted_organisation_id uuid, root_ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
AS $$
    WITH RECURSIVE reached (batch_id) AS (
        SELECT root.batch_id FROM unnest(root_ids) AS root (batch_id)
        UNION
        SELECT step.batch_id
        FROM reached
        CROSS JOIN LATERAL (
            SELECT output.batch_id
            FROM trace.process_input AS input
            INNER JOIN trace.process_output AS output
                ON output.organisation_id = wanted_organisation_id AND input.process_id = output.process_id
            WHERE
                input.organisation_id = wanted_organisation_id AND input.batch_id = reached.batch_id
                AND NOT input.is_void AND NOT output.is_void
            OFFSET 0
        ) AS step
    )
    SELECT reached.batch_id FROM reached
$$;
COMMENT ON FUNCTION trace.descendant_batches(uuid, uuid[]) IS 'The roots and everything made from them, each once, at any depth; void processes lead nowhere.';

CREATE FUNCTION trace.ancestor_batches(wanted_organisation_id uuid, root_ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
AS $$
    WITH RECURSIVE reached (batch_id) AS (
        SELECT root.batch_id FROM unnest(root_ids) AS root (batch_id)
        UNION
        SELECT step.batch_id
        FROM reached
        CROSS JOIN LATERAL (
            SELECT input.batch_id
            FROM trace.process_output AS output
            INNER JOIN trace.process_input AS input
                ON input.organisation_id = wanted_organisation_id AND output.process_id = input.process_id
            WHERE
                output.organisation_id = wanted_organisation_id AND output.batch_id = reached.batch_id
                AND NOT input.is_void AND NOT output.is_void
            OFFSET 0
        ) AS step
    )
    SELECT reached.batch_id FROM reached
$$;
COMMENT ON FUNCTION trace.ancestor_batches(uuid, uuid[]) IS 'The batches named and everything they were made from, each once, at any depth.';

CREATE FUNCTION trace.farm_batches(wanted_organisation_id uuid, wanted_farm_id uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
AS $$
    SELECT batch.id FROM trace.batch AS batch
    WHERE batch.organisation_id = wanted_organisation_id AND batch.farm_id = wanted_farm_id
    UNION
    SELECT origin.batch_id FROM trace.batch_origin AS origin
    WHERE origin.organisation_id = wanted_organisation_id AND origin.farm_id = wanted_farm_id
$$;
COMMENT ON FUNCTION trace.farm_batches(uuid, uuid) IS 'Batches delivered by a farm, or holding harvest of one of its plots; each once.';
