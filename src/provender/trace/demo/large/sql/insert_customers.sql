-- Adds the customers of one organisation, numbered from 0.
-- Parameters: organisation_id; customers (how many); base_ms (beginning of the records, ms since 1970).
INSERT INTO trace.customer (organisation_id, id, name, country, language)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(5, customer, %(base_ms)s::bigint) AS id,
    'Shop ' || customer AS name,
    (ARRAY['DE', 'JP', 'FR'])[mod(customer, 3) + 1] AS country,
    (ARRAY['de', 'ja', 'en'])[mod(customer, 3) + 1] AS language
FROM generate_series(0::bigint, %(customers)s::bigint - 1) AS customer
