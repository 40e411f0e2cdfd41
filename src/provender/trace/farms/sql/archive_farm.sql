-- Retires a farm, or brings it back. Zero rows: not there.
-- Parameters: organisation_id, farm_id, is_archived.
UPDATE trace.farm AS farm
SET archived_at = CASE WHEN %(is_archived)s::boolean THEN coalesce(farm.archived_at, now()) END
WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.id = %(farm_id)s::uuid
