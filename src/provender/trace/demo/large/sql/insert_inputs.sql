-- Adds twenty-six inputs for each block. Mass takes two harvests (one of the block before) and sugar, one mass takes
-- another mass; bars take one mass or two. Between silo_from and silo_to all sugar comes from the silo.
-- Parameters: organisation_id; blocks (how many); base_ms, step_ms (time of block 0, and between blocks, in ms);
-- silo_from, silo_to (blocks, -1 for none).
-- INNER JOIN: every number has its template; no row is dropped.
INSERT INTO trace.process_input (
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
    pg_temp.key_of(7, drawn.process, drawn.process_ms) AS process_id,
    drawn.line_no,
    pg_temp.key_of(
        6,
        drawn.source_block * 20 + drawn.source_place,
        %(base_ms)s::bigint + drawn.source_block * %(step_ms)s::bigint + drawn.source_place
    ) AS batch_id,
    drawn.quantity,
    drawn.quantity / 1000.0 AS entered_quantity,
    'kg' AS entered_unit,
    to_timestamp(drawn.process_ms / 1000) AS started_at,
    to_timestamp(drawn.process_ms / 1000) + interval '1 minute' AS finished_at
FROM (
    SELECT
        template.line_no,
        template.quantity,
        number / 26 * 13 + template.process AS process,
        %(base_ms)s::bigint + number / 26 * %(step_ms)s::bigint + template.process * (%(step_ms)s::bigint / 14) AS process_ms,
        CASE
            WHEN template.place IN (6, 7) AND number / 26 BETWEEN %(silo_from)s::bigint AND %(silo_to)s::bigint
                THEN %(silo_from)s::bigint
            ELSE greatest(number / 26 - template.blocks_before, 0)
        END AS source_block,
        CASE
            WHEN template.place IN (6, 7) AND number / 26 BETWEEN %(silo_from)s::bigint AND %(silo_to)s::bigint THEN 6
            ELSE template.place
        END AS source_place
    FROM generate_series(0::bigint, %(blocks)s::bigint * 26 - 1) AS number
    INNER JOIN (
        VALUES
        (0, 1, 1, 0, 0, 30000),
        (1, 1, 2, 1, 1, 30000),
        (2, 1, 3, 6, 0, 15000),
        (3, 2, 1, 1, 0, 30000),
        (4, 2, 2, 2, 1, 30000),
        (5, 2, 3, 7, 0, 15000),
        (6, 2, 4, 8, 0, 10000),
        (7, 3, 1, 2, 0, 30000),
        (8, 3, 2, 3, 1, 30000),
        (9, 3, 3, 6, 0, 15000),
        (10, 4, 1, 3, 0, 30000),
        (11, 4, 2, 4, 1, 30000),
        (12, 4, 3, 7, 0, 15000),
        (13, 5, 1, 4, 0, 30000),
        (14, 5, 2, 5, 1, 30000),
        (15, 5, 3, 6, 0, 15000),
        (16, 6, 1, 8, 0, 10000),
        (17, 7, 1, 9, 0, 5000),
        (18, 7, 2, 10, 0, 5000),
        (19, 8, 1, 10, 0, 10000),
        (20, 9, 1, 11, 0, 5000),
        (21, 9, 2, 12, 0, 5000),
        (22, 10, 1, 12, 0, 10000),
        (23, 11, 1, 8, 0, 5000),
        (24, 11, 2, 9, 0, 5000),
        (25, 12, 1, 9, 0, 10000)
    ) AS template (position, process, line_no, place, blocks_before, quantity)
        ON mod(number, 26) = template.position
) AS drawn
