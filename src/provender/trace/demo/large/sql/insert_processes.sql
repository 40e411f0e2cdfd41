-- Adds thirteen processes for each block, one after the other: 0 receives eight batches, 1 to 5 grind, 6 to 12 pack.
-- Parameters: organisation_id; blocks (how many); base_ms, step_ms (time of block 0, and between blocks, in ms).
INSERT INTO trace.process (organisation_id, id, kind, started_at, finished_at, recorded_at, recorded_by_name)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(7, process.number, process.at_ms) AS id,
    CASE WHEN process.place = 0 THEN 'receive' WHEN process.place < 6 THEN 'grind' ELSE 'pack' END AS kind,
    to_timestamp(process.at_ms / 1000) AS started_at,
    to_timestamp(process.at_ms / 1000) + interval '1 minute' AS finished_at,
    to_timestamp(process.at_ms / 1000) + interval '2 minutes' AS recorded_at,
    'Load' AS recorded_by_name
FROM (
    SELECT
        number,
        mod(number, 13) AS place,
        %(base_ms)s::bigint + number / 13 * %(step_ms)s::bigint + mod(number, 13) * (%(step_ms)s::bigint / 14) AS at_ms
    FROM generate_series(0::bigint, %(blocks)s::bigint * 13 - 1) AS number
) AS process
