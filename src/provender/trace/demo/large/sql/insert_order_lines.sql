-- Adds five lines for each order; a line is for the product of two batches of its window.
-- Parameters: organisation_id; windows (how many); base_ms, step_ms (time of block 0, and between blocks, in ms);
-- customers, products (how many).
INSERT INTO trace.order_line (organisation_id, id, order_id, customer_id, product_id, line_no, quantity, unit_price)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(9, wanted.number, wanted.at_ms) AS id,
    pg_temp.key_of(8, wanted.sold, wanted.at_ms) AS order_id,
    pg_temp.key_of(5, mod(wanted.sold * 7919, %(customers)s::bigint), %(base_ms)s::bigint) AS customer_id,
    pg_temp.key_of(
        4, mod(wanted.sold / 30 * 5 + mod(wanted.number, 5), %(products)s::bigint), %(base_ms)s::bigint
    ) AS product_id,
    mod(wanted.number, 5) + 1 AS line_no,
    12 AS quantity,
    3.90 AS unit_price
FROM (
    SELECT
        number,
        number / 5 AS sold,
        %(base_ms)s::bigint + ((number / 150 * 10 + 9) / 7 + 1) * %(step_ms)s::bigint + mod(number / 5, 30) AS at_ms
    FROM generate_series(0::bigint, %(windows)s::bigint * 150 - 1) AS number
) AS wanted
