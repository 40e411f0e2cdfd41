-- Adds one plot for each farm.
-- Parameters: organisation_id; farms (how many); base_ms (beginning of the records, ms since 1970).
INSERT INTO trace.plot (organisation_id, id, farm_id, name, geometry, area_ha)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(2, farm, %(base_ms)s::bigint) AS id,
    pg_temp.key_of(1, farm, %(base_ms)s::bigint) AS farm_id,
    'Plot 1' AS name,
    jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(mod(farm, 180), mod(farm, 20))) AS geometry,
    2 AS area_ha
FROM generate_series(0::bigint, %(farms)s::bigint - 1) AS farm
