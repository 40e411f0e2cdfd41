-- Adds ten lines for each shipment: six pieces of each batch of its window, except of every 97th batch, which nobody gets.
-- Parameters: organisation_id; shipped_windows (how many); base_ms, step_ms (time of block 0, and between blocks, in
-- ms); customers, products (how many).
INSERT INTO trace.shipment_line (
    organisation_id,
    id,
    shipment_id,
    order_line_id,
    order_id,
    customer_id,
    product_id,
    batch_id,
    quantity
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(11, sent.number, sent.at_ms) AS id,
    pg_temp.key_of(10, sent.sold, sent.at_ms) AS shipment_id,
    pg_temp.key_of(9, sent.sold * 5 + mod(sent.number, 10) / 2, sent.at_ms) AS order_line_id,
    pg_temp.key_of(8, sent.sold, sent.at_ms) AS order_id,
    pg_temp.key_of(5, mod(sent.sold * 7919, %(customers)s::bigint), %(base_ms)s::bigint) AS customer_id,
    pg_temp.key_of(4, mod(sent.bar / 2, %(products)s::bigint), %(base_ms)s::bigint) AS product_id,
    pg_temp.key_of(
        6,
        sent.bar / 7 * 20 + 13 + mod(sent.bar, 7),
        %(base_ms)s::bigint + sent.bar / 7 * %(step_ms)s::bigint + 13 + mod(sent.bar, 7)
    ) AS batch_id,
    6 AS quantity
FROM (
    SELECT
        number,
        number / 10 AS sold,
        number / 300 * 10 + mod(number, 10) AS bar,
        %(base_ms)s::bigint + ((number / 300 * 10 + 9) / 7 + 1) * %(step_ms)s::bigint + mod(number / 10, 30) AS at_ms
    FROM generate_series(0::bigint, %(shipped_windows)s::bigint * 300 - 1) AS number
) AS sent
WHERE mod(sent.bar, 97) <> 0
