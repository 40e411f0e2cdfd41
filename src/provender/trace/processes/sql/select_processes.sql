-- One page of processes, the latest finished first, each with its lines; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; kind (or NULL for all); batch_id (taking part, or NULL); finished_from, finished_to
-- (instants, the first included, the second not, or NULL); is_void (boolean or NULL for both);
-- last_finished_at, last_id (key of the last row seen, NULL at the first page); page_size (rows).
-- Order: finished_at, then id, the latest first. Lines stand in the order in which they were entered.
-- Quantities are in the base unit of the batch's material. mass_in_g and mass_out_g: grams of all lines, packaging that
-- went in left out; both NULL when the mass of any of them is not known.
-- The page is cut first; then inputs and outputs are gathered in a LATERAL each, which always gives one row, so that they
-- do not multiply. JOIN of a line to batch and material is required and drops nothing; the LEFT OUTER JOIN to the
-- reversal finds one at most and keeps processes that were not reversed.
WITH page AS (
    SELECT
        process.id,
        process.kind,
        process.started_at,
        process.finished_at,
        process.recorded_at,
        process.recorded_by_name,
        process.equipment,
        process.note,
        process.gain_reason,
        process.is_void,
        process.reverses_process_id
    FROM trace.process AS process
    WHERE
        process.organisation_id = %(organisation_id)s::uuid
        AND (%(kind)s::text IS NULL OR process.kind = %(kind)s::text)
        AND (%(is_void)s::boolean IS NULL OR process.is_void = %(is_void)s::boolean)
        AND (%(finished_from)s::timestamptz IS NULL OR process.finished_at >= %(finished_from)s::timestamptz)
        AND (%(finished_to)s::timestamptz IS NULL OR process.finished_at < %(finished_to)s::timestamptz)
        AND (
            %(batch_id)s::uuid IS NULL
            OR process.id = any(array(
                SELECT line.process_id FROM trace.process_input AS line
                WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = %(batch_id)s::uuid
                UNION
                SELECT line.process_id FROM trace.process_output AS line
                WHERE line.organisation_id = %(organisation_id)s::uuid AND line.batch_id = %(batch_id)s::uuid
            ))
        )
        AND (
            %(last_finished_at)s::timestamptz IS NULL
            OR (process.finished_at, process.id) < (%(last_finished_at)s::timestamptz, %(last_id)s::uuid)
        )
    ORDER BY
        process.finished_at DESC,
        process.id DESC
    LIMIT %(page_size)s::integer + 1
),

cut AS (
    SELECT
        page.id,
        page.kind,
        page.started_at,
        page.finished_at,
        page.recorded_at,
        page.recorded_by_name,
        page.equipment,
        page.note,
        page.gain_reason,
        page.is_void,
        page.reverses_process_id
    FROM page
    ORDER BY
        page.finished_at DESC,
        page.id DESC
    LIMIT %(page_size)s::integer
),

shown AS (
    SELECT
        page.finished_at,
        page.id,
        json_build_object(
            'id', page.id,
            'kind', page.kind,
            'started_at', page.started_at,
            'finished_at', page.finished_at,
            'recorded_at', page.recorded_at,
            'recorded_by_name', page.recorded_by_name,
            'equipment', page.equipment,
            'note', page.note,
            'gain_reason', page.gain_reason,
            'is_void', page.is_void,
            'reverses_process_id', page.reverses_process_id,
            'reversed_by_process_id', reversal.id,
            'inputs', taken.lines,
            'outputs', given.lines,
            'mass_in_g', CASE WHEN taken.is_mass_known AND given.is_mass_known THEN trim_scale(taken.mass_g) END,
            'mass_out_g', CASE WHEN taken.is_mass_known AND given.is_mass_known THEN trim_scale(given.mass_g) END
        ) AS item
    FROM cut AS page
    LEFT OUTER JOIN trace.process AS reversal
        ON reversal.organisation_id = %(organisation_id)s::uuid AND page.id = reversal.reverses_process_id
    CROSS JOIN LATERAL (
        SELECT
            coalesce(json_agg(
                json_build_object(
                    'batch_id', batch.id, 'code', batch.code, 'material_name', material.name, 'material_kind', material.kind,
                    'quantity', trim_scale(line.quantity), 'base_unit', material.base_unit,
                    'entered_quantity', trim_scale(line.entered_quantity), 'entered_unit', line.entered_unit
                ) ORDER BY line.line_no ASC
            ), '[]') AS lines,
            coalesce(sum(line.quantity * batch.unit_mass_g) FILTER (WHERE material.kind <> 'packaging'), 0) AS mass_g,
            coalesce(bool_and(batch.unit_mass_g IS NOT NULL) FILTER (WHERE material.kind <> 'packaging'), true) AS is_mass_known
        FROM trace.process_input AS line
        INNER JOIN trace.batch AS batch
            ON batch.organisation_id = %(organisation_id)s::uuid AND line.batch_id = batch.id
        INNER JOIN trace.material AS material
            ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.process_id = page.id
    ) AS taken
    CROSS JOIN LATERAL (
        SELECT
            coalesce(json_agg(
                json_build_object(
                    'batch_id', batch.id, 'code', batch.code, 'material_name', material.name, 'material_kind', material.kind,
                    'role', line.role, 'quantity', trim_scale(line.quantity), 'base_unit', material.base_unit,
                    'entered_quantity', trim_scale(line.entered_quantity), 'entered_unit', line.entered_unit
                ) ORDER BY line.line_no ASC
            ), '[]') AS lines,
            coalesce(sum(line.quantity * batch.unit_mass_g), 0) AS mass_g,
            coalesce(bool_and(batch.unit_mass_g IS NOT NULL), true) AS is_mass_known
        FROM trace.process_output AS line
        INNER JOIN trace.batch AS batch
            ON batch.organisation_id = %(organisation_id)s::uuid AND line.batch_id = batch.id
        INNER JOIN trace.material AS material
            ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
        WHERE line.organisation_id = %(organisation_id)s::uuid AND line.process_id = page.id
    ) AS given
)

SELECT
    (SELECT coalesce(json_agg(shown.item ORDER BY shown.finished_at DESC, shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(cut.finished_at, cut.id) FROM cut ORDER BY cut.finished_at ASC, cut.id ASC LIMIT 1)
    END AS next_key
