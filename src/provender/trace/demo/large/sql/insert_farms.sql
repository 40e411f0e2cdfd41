-- Adds the farms of one organisation, numbered from 0, all made before the first block of work.
-- Parameters: organisation_id; farms (how many); base_ms (beginning of the records, ms since 1970).
INSERT INTO trace.farm (organisation_id, id, name, country)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    pg_temp.key_of(1, farm, %(base_ms)s::bigint) AS id,
    'Farm ' || farm AS name,
    (ARRAY['EC', 'PE', 'CO', 'GH', 'MG', 'VN', 'BO', 'TZ'])[mod(farm, 8) + 1] AS country
FROM generate_series(0::bigint, %(farms)s::bigint - 1) AS farm
