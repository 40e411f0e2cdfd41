-- Everything that moved in or out of some batches: the rows from which a recall is computed; one row, one JSON object
-- of arrays of arrays (batches, processes, inputs, outputs, shipment_lines, allocations, return_lines), numbers as text.
-- Parameters: organisation_id, batch_ids (uuid array).
-- Order: none; the computation does not depend on it.
-- Void processes are left out. Processes are those that drew from or filled one of the batches, with all their inputs
-- and outputs; the batches of these are there too, because they are needed to weigh a mix. Shipment lines without a
-- batch belong to it for every product of the batches: they may hold any of them. Returns belong to these lines.
-- INNER JOINs drop nothing: what is joined is always there.
WITH wanted AS MATERIALIZED (
    SELECT item.batch_id FROM unnest(%(batch_ids)s::uuid[]) AS item (batch_id)
),

touched AS MATERIALIZED (
    SELECT input.process_id
    FROM wanted
    INNER JOIN trace.process_input AS input
        ON
            input.organisation_id = %(organisation_id)s::uuid
            AND wanted.batch_id = input.batch_id
            AND NOT input.is_void
    UNION
    SELECT output.process_id
    FROM wanted
    INNER JOIN trace.process_output AS output
        ON
            output.organisation_id = %(organisation_id)s::uuid
            AND wanted.batch_id = output.batch_id
            AND NOT output.is_void
),

input_row AS MATERIALIZED (
    SELECT
        input.process_id,
        input.line_no,
        input.batch_id,
        input.quantity
    FROM touched
    INNER JOIN trace.process_input AS input
        ON input.organisation_id = %(organisation_id)s::uuid AND touched.process_id = input.process_id
),

output_row AS MATERIALIZED (
    SELECT
        output.process_id,
        output.line_no,
        output.batch_id,
        output.quantity,
        output.role
    FROM touched
    INNER JOIN trace.process_output AS output
        ON output.organisation_id = %(organisation_id)s::uuid AND touched.process_id = output.process_id
),

named AS (
    SELECT wanted.batch_id FROM wanted
    UNION
    SELECT input_row.batch_id FROM input_row
    UNION
    SELECT output_row.batch_id FROM output_row
),

batch_row AS MATERIALIZED (
    SELECT
        batch.id,
        batch.code,
        batch.material_id,
        material.kind,
        material.base_unit,
        batch.unit_mass_g,
        batch.product_id
    FROM named
    INNER JOIN trace.batch AS batch ON batch.organisation_id = %(organisation_id)s::uuid AND named.batch_id = batch.id
    INNER JOIN trace.material AS material
        ON material.organisation_id = %(organisation_id)s::uuid AND batch.material_id = material.id
),

line_row AS MATERIALIZED (
    SELECT
        line.id,
        line.shipment_id,
        line.customer_id,
        line.product_id,
        line.batch_id,
        line.quantity,
        line.order_id,
        line.batch_unknown_reason
    FROM trace.shipment_line AS line
    WHERE
        line.organisation_id = %(organisation_id)s::uuid
        AND line.batch_id = any(%(batch_ids)s::uuid[])
    UNION ALL
    SELECT
        line.id,
        line.shipment_id,
        line.customer_id,
        line.product_id,
        line.batch_id,
        line.quantity,
        line.order_id,
        line.batch_unknown_reason
    FROM trace.shipment_line AS line
    WHERE
        line.organisation_id = %(organisation_id)s::uuid
        AND line.batch_id IS NULL
        AND line.product_id IN (
            SELECT batch_row.product_id FROM batch_row
            INNER JOIN wanted ON batch_row.id = wanted.batch_id
        )
)

SELECT
    json_build_object(
        'batches', (
            SELECT json_agg(json_build_array(
                row.id, row.code, row.material_id, row.kind, row.base_unit, trim_scale(row.unit_mass_g)::text, row.product_id
            )) FROM batch_row AS row
        ),
        'processes', (
            SELECT
                json_agg(json_build_array(
                    process.id, process.kind, process.started_at, process.finished_at, process.equipment,
                    process.gain_reason, process.recorded_at
                ))
            FROM touched
            INNER JOIN trace.process AS process
                ON process.organisation_id = %(organisation_id)s::uuid AND touched.process_id = process.id
        ),
        'inputs', (
            SELECT json_agg(json_build_array(row.process_id, row.line_no, row.batch_id, trim_scale(row.quantity)::text))
            FROM input_row AS row
        ),
        'outputs', (
            SELECT json_agg(json_build_array(
                row.process_id, row.line_no, row.batch_id, trim_scale(row.quantity)::text, row.role
            )) FROM output_row AS row
        ),
        'shipment_lines', (
            SELECT
                json_agg(json_build_array(
                    row.id, row.shipment_id, row.customer_id, row.product_id, row.batch_id, trim_scale(row.quantity)::text,
                    shipment.shipped_at, row.order_id, shipment.delivered_at, row.batch_unknown_reason
                ))
            FROM line_row AS row
            INNER JOIN trace.shipment AS shipment
                ON shipment.organisation_id = %(organisation_id)s::uuid AND row.shipment_id = shipment.id
        ),
        'allocations', (
            SELECT
                json_agg(json_build_array(
                    allocation.id, allocation.order_id, allocation.customer_id, allocation.batch_id,
                    trim_scale(allocation.quantity)::text, allocation.state
                ))
            FROM trace.allocation AS allocation
            WHERE
                allocation.organisation_id = %(organisation_id)s::uuid
                AND allocation.batch_id = any(%(batch_ids)s::uuid[])
                AND allocation.state <> 'released'
        ),
        'return_lines', (
            SELECT
                json_agg(json_build_array(
                    return_line.id, return_line.shipment_line_id, return_line.batch_id, trim_scale(return_line.quantity)::text,
                    return_line.disposition, receipt.received_at
                ))
            FROM line_row AS row
            INNER JOIN trace.return_line AS return_line
                ON return_line.organisation_id = %(organisation_id)s::uuid AND row.id = return_line.shipment_line_id
            INNER JOIN trace.return_receipt AS receipt
                ON receipt.organisation_id = %(organisation_id)s::uuid AND return_line.return_receipt_id = receipt.id
        )
    ) AS movements
