-- Adds one output for each batch: 200 kg received (50 t into the silo), 74 kg of mass, 195 bars.
-- Parameters: organisation_id; blocks (how many); base_ms, step_ms (time of block 0, and between blocks, in ms);
-- silo_from (block, -1 for none).
INSERT INTO trace.process_output (
    organisation_id,
    process_id,
    line_no,
    batch_id,
    quantity,
    entered_quantity,
    entered_unit,
    started_at,
    finished_at
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(7, made.process, made.process_ms) AS process_id,
    CASE WHEN made.place < 8 THEN made.place + 1 ELSE 1 END AS line_no,
    pg_temp.key_of(6, made.number, made.batch_ms) AS batch_id,
    made.quantity,
    made.quantity AS entered_quantity,
    CASE WHEN made.place >= 13 THEN 'piece' ELSE 'g' END AS entered_unit,
    to_timestamp(made.process_ms / 1000) AS started_at,
    to_timestamp(made.process_ms / 1000) + interval '1 minute' AS finished_at
FROM (
    SELECT
        number,
        mod(number, 20) AS place,
        number / 20 * 13 + greatest(mod(number, 20) - 7, 0) AS process,
        %(base_ms)s::bigint + number / 20 * %(step_ms)s::bigint + mod(number, 20) AS batch_ms,
        %(base_ms)s::bigint + number / 20 * %(step_ms)s::bigint
        + greatest(mod(number, 20) - 7, 0) * (%(step_ms)s::bigint / 14) AS process_ms,
        CASE
            WHEN number = %(silo_from)s::bigint * 20 + 6 THEN 50000000
            WHEN mod(number, 20) < 8 THEN 200000
            WHEN mod(number, 20) < 13 THEN 74000
            ELSE 195
        END AS quantity
    FROM generate_series(0::bigint, %(blocks)s::bigint * 20 - 1) AS number
) AS made
