-- What points to a farm and keeps it from being deleted; one row of counts, no row when there is no such farm.
-- Parameters: organisation_id, farm_id.
SELECT
    (
        SELECT count(*)
        FROM trace.plot AS plot
        WHERE plot.organisation_id = farm.organisation_id AND plot.farm_id = farm.id
    ) AS plots,
    (
        SELECT count(*)
        FROM trace.batch AS batch
        WHERE batch.organisation_id = farm.organisation_id AND batch.farm_id = farm.id
    ) AS batches
FROM trace.farm AS farm
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
