-- Adds one shipment for each delivered order.
-- Parameters: organisation_id; shipped_windows (how many); base_ms, step_ms (time of block 0, and between blocks, in
-- ms); customers (how many).
INSERT INTO trace.shipment (organisation_id, id, number, order_id, customer_id, carrier, packed_at, shipped_at, delivered_at)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(10, sent.number, sent.at_ms) AS id,
    'SH-' || 1001 + sent.number AS number,
    pg_temp.key_of(8, sent.number, sent.at_ms) AS order_id,
    pg_temp.key_of(5, mod(sent.number * 7919, %(customers)s::bigint), %(base_ms)s::bigint) AS customer_id,
    'DHL' AS carrier,
    to_timestamp(sent.at_ms / 1000) + interval '1 day' AS packed_at,
    to_timestamp(sent.at_ms / 1000) + interval '2 days' AS shipped_at,
    to_timestamp(sent.at_ms / 1000) + interval '4 days' AS delivered_at
FROM (
    SELECT
        number,
        %(base_ms)s::bigint + ((number / 30 * 10 + 9) / 7 + 1) * %(step_ms)s::bigint + mod(number, 30) AS at_ms
    FROM generate_series(0::bigint, %(shipped_windows)s::bigint * 30 - 1) AS number
) AS sent
