-- One farm as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, farm_id.
-- Plots and batches are counted in LATERALs that always give one row: a farm without any has 0. A batch counts
-- once, whether it names the farm, holds harvest of its plots, or both (UNION).
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
        'batch_count', batch.batch_count
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
    FROM (
        SELECT batch.id
        FROM trace.batch AS batch
        WHERE batch.organisation_id = farm.organisation_id AND batch.farm_id = farm.id
        UNION
        SELECT origin.batch_id
        FROM trace.batch_origin AS origin
        WHERE origin.organisation_id = farm.organisation_id AND origin.farm_id = farm.id
    ) AS batch
) AS batch
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
