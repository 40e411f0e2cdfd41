-- Adds a plot to the origins of a batch.
-- Parameters: organisation_id, batch_id, plot_id, farm_id (the plot's), quantity (base unit, or NULL: not known).
INSERT INTO trace.batch_origin (organisation_id, batch_id, plot_id, farm_id, quantity)
VALUES (%(organisation_id)s::uuid, %(batch_id)s::uuid, %(plot_id)s::uuid, %(farm_id)s::uuid, %(quantity)s::numeric)
