-- Retires a plot, or brings it back. Zero rows: not there.
-- Parameters: organisation_id, plot_id, is_archived.
UPDATE trace.plot AS plot
SET archived_at = CASE WHEN %(is_archived)s::boolean THEN coalesce(plot.archived_at, now()) END
WHERE plot.organisation_id = %(organisation_id)s::uuid AND plot.id = %(plot_id)s::uuid
