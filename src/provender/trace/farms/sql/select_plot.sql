-- One plot as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, plot_id.
-- Batches are counted in a LATERAL that always gives one row: a plot without any has 0.
SELECT
    json_build_object(
        'id', plot.id,
        'farm_id', plot.farm_id,
        'name', plot.name,
        'geometry', plot.geometry,
        'area_ha', trim_scale(plot.area_ha),
        'archived_at', plot.archived_at,
        'version', plot.version,
        'batch_count', origin.batch_count
    ) AS plot,
    plot.version
FROM trace.plot AS plot
CROSS JOIN LATERAL (
    SELECT count(*) AS batch_count
    FROM trace.batch_origin AS origin
    WHERE origin.organisation_id = plot.organisation_id AND origin.plot_id = plot.id
) AS origin
WHERE plot.organisation_id = %(organisation_id)s::uuid AND plot.id = %(plot_id)s::uuid
