-- The farm of each plot: one row per plot that is ours.
-- Parameters: organisation_id, plot_ids (array of uuid).
-- Order: none promised.
SELECT
    plot.id AS plot_id,
    plot.farm_id
FROM trace.plot AS plot
WHERE plot.organisation_id = %(organisation_id)s::uuid AND plot.id = any(%(plot_ids)s::uuid[])
