-- One process with its lines as JSON; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, process_id.
-- As in select_processes.sql: inputs and outputs are gathered in a LATERAL each, which always gives one row; JOIN of a
-- line to batch and material drops nothing; LEFT OUTER JOIN to the reversal keeps processes that were not reversed.
SELECT
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
FROM trace.process AS page
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
WHERE page.organisation_id = %(organisation_id)s::uuid AND page.id = %(process_id)s::uuid
