-- Adds materials: 0 beans, 1 sugar, 2 chocolate mass, and from 10 on one per product.
-- Parameters: organisation_id; products (how many); base_ms (beginning of the records, ms since 1970).
INSERT INTO trace.material (organisation_id, id, code, name, kind, base_unit)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(3, material.number, %(base_ms)s::bigint) AS id,
    material.code,
    material.code AS name,
    material.kind,
    material.base_unit
FROM (
    SELECT
        0::bigint AS number,
        'BEANS' AS code,
        'bean' AS kind,
        'g' AS base_unit
    UNION ALL
    SELECT
        1 AS number,
        'SUGAR' AS code,
        'sugar' AS kind,
        'g' AS base_unit
    UNION ALL
    SELECT
        2 AS number,
        'MASS' AS code,
        'intermediate' AS kind,
        'g' AS base_unit
    UNION ALL
    SELECT
        10 + product AS number,
        'BAR-' || product AS code,
        'finished' AS kind,
        'piece' AS base_unit
    FROM generate_series(0::bigint, %(products)s::bigint - 1) AS product
) AS material
