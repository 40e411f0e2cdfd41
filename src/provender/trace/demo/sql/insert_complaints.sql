-- Adds complaints; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.complaint (
    organisation_id,
    id,
    customer_id,
    product_id,
    state,
    received_at,
    description,
    reported_code,
    reported_best_before_on,
    batch_id,
    closed_reason,
    recorded_by_name,
    number
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.customer_id,
    told.product_id,
    told.state,
    told.received_at,
    told.description,
    told.reported_code,
    told.reported_best_before_on,
    told.batch_id,
    told.closed_reason,
    told.recorded_by_name,
    told.number
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        customer_id uuid,
        product_id uuid,
        state text,
        received_at timestamptz,
        description text,
        reported_code text,
        reported_best_before_on date,
        batch_id uuid,
        closed_reason text,
        recorded_by_name text,
        number text
    )
