-- Adds from which plots harvests came; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.batch_origin (organisation_id, batch_id, plot_id, farm_id, quantity)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.batch_id,
    told.plot_id,
    told.farm_id,
    told.quantity
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        batch_id uuid,
        plot_id uuid,
        farm_id uuid,
        quantity numeric
    )
