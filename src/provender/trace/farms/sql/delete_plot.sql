-- Deletes a plot whose harvest is in no batch; a batch refuses it (RESTRICT). Zero rows: not there.
-- Parameters: organisation_id, plot_id.
DELETE FROM trace.plot AS plot
WHERE plot.organisation_id = %(organisation_id)s::uuid AND plot.id = %(plot_id)s::uuid
