-- Says from which plot each harvest came: the only one of its farm.
-- Parameters: organisation_id; blocks (how many); base_ms, step_ms (time of block 0, and between blocks, in ms);
-- farms (how many).
INSERT INTO trace.batch_origin (organisation_id, batch_id, plot_id, farm_id, quantity)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(
        6, harvest.number, %(base_ms)s::bigint + harvest.number / 20 * %(step_ms)s::bigint + mod(harvest.number, 20)
    ) AS batch_id,
    pg_temp.key_of(2, harvest.farm, %(base_ms)s::bigint) AS plot_id,
    pg_temp.key_of(1, harvest.farm, %(base_ms)s::bigint) AS farm_id,
    200000 AS quantity
FROM (
    SELECT
        number / 6 * 20 + mod(number, 6) AS number,
        mod((number / 6 * 20 + mod(number, 6)) * 7919, %(farms)s::bigint) AS farm
    FROM generate_series(0::bigint, %(blocks)s::bigint * 6 - 1) AS number
) AS harvest
