-- Sets aside six pieces of each batch of the last windows, whose orders are not shipped yet.
-- Parameters: organisation_id; windows, shipped_windows (how many); base_ms, step_ms (time of block 0, and between
-- blocks, in ms); customers, products (how many).
INSERT INTO trace.allocation (
    organisation_id,
    id,
    order_line_id,
    order_id,
    customer_id,
    product_id,
    batch_id,
    quantity
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(12, kept.number, kept.at_ms) AS id,
    pg_temp.key_of(9, kept.sold * 5 + mod(kept.number, 10) / 2, kept.at_ms) AS order_line_id,
    pg_temp.key_of(8, kept.sold, kept.at_ms) AS order_id,
    pg_temp.key_of(5, mod(kept.sold * 7919, %(customers)s::bigint), %(base_ms)s::bigint) AS customer_id,
    pg_temp.key_of(4, mod(kept.bar / 2, %(products)s::bigint), %(base_ms)s::bigint) AS product_id,
    pg_temp.key_of(
        6,
        kept.bar / 7 * 20 + 13 + mod(kept.bar, 7),
        %(base_ms)s::bigint + kept.bar / 7 * %(step_ms)s::bigint + 13 + mod(kept.bar, 7)
    ) AS batch_id,
    6 AS quantity
FROM (
    SELECT
        number,
        number / 10 AS sold,
        number / 300 * 10 + mod(number, 10) AS bar,
        %(base_ms)s::bigint + ((number / 300 * 10 + 9) / 7 + 1) * %(step_ms)s::bigint + mod(number / 10, 30) AS at_ms
    FROM generate_series(%(shipped_windows)s::bigint * 300, %(windows)s::bigint * 300 - 1) AS number
) AS kept
