-- One farm as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, farm_id.
-- Plots and batches are counted in LATERALs that always give one row: a farm without any has 0. A batch that
-- names the farm counts once; the INNER JOIN finds those that name another or none but hold harvest of its plots.
SELECT
    json_build_object(
        'id', farm.id,
        'name', farm.name,
        'producer_name', farm.producer_name,
        'country', farm.country,
        'region', farm.region,
        'note', farm.note,
        'archived_at', farm.archived_at,
        'version', farm.version,
        'plot_count', plot.plot_count,
        'batch_count', named.batch_count + blended.batch_count
    ) AS farm,
    farm.version
FROM trace.farm AS farm
CROSS JOIN LATERAL (
    SELECT count(*) AS plot_count
    FROM trace.plot AS plot
    WHERE plot.organisation_id = farm.organisation_id AND plot.farm_id = farm.id
) AS plot
CROSS JOIN LATERAL (
    SELECT count(*) AS batch_count
    FROM trace.batch AS batch
    WHERE batch.organisation_id = farm.organisation_id AND batch.farm_id = farm.id
) AS named
CROSS JOIN LATERAL (
    SELECT count(DISTINCT origin.batch_id) AS batch_count
    FROM trace.batch_origin AS origin
    INNER JOIN trace.batch AS batch
        ON origin.organisation_id = batch.organisation_id AND origin.batch_id = batch.id
    WHERE
        origin.organisation_id = farm.organisation_id
        AND origin.farm_id = farm.id
        AND batch.farm_id IS DISTINCT FROM farm.id
) AS blended
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
