-- Deletes a farm that nothing points to; plots and batches refuse it (RESTRICT). Zero rows: not there.
-- Parameters: organisation_id, farm_id.
DELETE FROM trace.farm AS farm
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
