-- Adds bars of 50 g, each with its finished material.
-- Parameters: organisation_id; products (how many); base_ms (beginning of the records, ms since 1970).
INSERT INTO trace.product (organisation_id, id, material_id, sku, name, net_mass_g, units_per_case, shelf_life_days)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(4, product, %(base_ms)s::bigint) AS id,
    pg_temp.key_of(3, 10 + product, %(base_ms)s::bigint) AS material_id,
    'BAR-' || product AS sku,
    'Bar ' || product AS name,
    50 AS net_mass_g,
    12 AS units_per_case,
    540 AS shelf_life_days
FROM generate_series(0::bigint, %(products)s::bigint - 1) AS product
