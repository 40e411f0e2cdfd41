-- Adds orders in windows: ten batches of bars are sold on thirty orders. All but the last windows are delivered.
-- Parameters: organisation_id; windows, shipped_windows (how many); base_ms, step_ms (time of block 0, and between
-- blocks, in ms); customers (how many).
INSERT INTO trace.sales_order (organisation_id, id, number, customer_id, state, ordered_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(8, sold.number, sold.at_ms) AS id,
    'SO-' || 1001 + sold.number AS number,
    pg_temp.key_of(5, mod(sold.number * 7919, %(customers)s::bigint), %(base_ms)s::bigint) AS customer_id,
    CASE WHEN sold.number / 30 < %(shipped_windows)s::bigint THEN 'delivered' ELSE 'confirmed' END AS state,
    to_timestamp(sold.at_ms / 1000) AS ordered_at
FROM (
    SELECT
        number,
        %(base_ms)s::bigint + ((number / 30 * 10 + 9) / 7 + 1) * %(step_ms)s::bigint + mod(number, 30) AS at_ms
    FROM generate_series(0::bigint, %(windows)s::bigint * 30 - 1) AS number
) AS sold
