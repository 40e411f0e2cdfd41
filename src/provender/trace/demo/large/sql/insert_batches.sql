-- Adds batches in blocks of twenty, a block being one piece of a working day: places 0 to 5 harvests, 6 and 7 sugar,
-- 8 to 12 chocolate mass, 13 to 19 bars. The silo of sugar is place 6 of block silo_from.
-- Parameters: organisation_id; blocks (how many); base_ms, step_ms (time of block 0, and between blocks, in ms);
-- farms, products (how many); silo_from (block, -1 for none).
INSERT INTO trace.batch (
    organisation_id,
    id,
    material_id,
    product_id,
    farm_id,
    code,
    made_on,
    best_before_on,
    unit_mass_g,
    created_at
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(6, batch.number, batch.at_ms) AS id,
    pg_temp.key_of(
        3,
        CASE WHEN batch.place < 6 THEN 0 WHEN batch.place < 8 THEN 1 WHEN batch.place < 13 THEN 2 ELSE 10 + batch.product END,
        %(base_ms)s::bigint
    ) AS material_id,
    CASE WHEN batch.place >= 13 THEN pg_temp.key_of(4, batch.product, %(base_ms)s::bigint) END AS product_id,
    CASE WHEN batch.place < 6 THEN pg_temp.key_of(1, batch.farm, %(base_ms)s::bigint) END AS farm_id,
    CASE
        WHEN batch.place = 6 AND batch.block = %(silo_from)s::bigint THEN 'SILO-1'
        ELSE (ARRAY['H', 'S', 'M', 'B'])[CASE WHEN batch.place < 6 THEN 1 WHEN batch.place < 8 THEN 2 WHEN batch.place < 13 THEN 3 ELSE 4 END]
            || '-' || batch.number
    END AS code,
    to_timestamp(batch.at_ms / 1000)::date AS made_on,
    CASE WHEN batch.place >= 13 THEN to_timestamp(batch.at_ms / 1000)::date + 540 END AS best_before_on,
    CASE WHEN batch.place >= 13 THEN 50 ELSE 1 END AS unit_mass_g,
    to_timestamp(batch.at_ms / 1000) AS created_at
FROM (
    SELECT
        number,
        number / 20 AS block,
        mod(number, 20) AS place,
        %(base_ms)s::bigint + number / 20 * %(step_ms)s::bigint + mod(number, 20) AS at_ms,
        mod((number / 20 * 7 + mod(number, 20) - 13) / 2, %(products)s::bigint) AS product,
        mod(number * 7919, %(farms)s::bigint) AS farm
    FROM generate_series(0::bigint, %(blocks)s::bigint * 20 - 1) AS number
) AS batch
