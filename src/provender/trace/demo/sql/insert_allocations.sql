-- Adds what is or was set aside; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.allocation (
    organisation_id,
    id,
    order_line_id,
    order_id,
    customer_id,
    product_id,
    batch_id,
    quantity,
    state,
    created_at
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.order_line_id,
    told.order_id,
    told.customer_id,
    told.product_id,
    told.batch_id,
    told.quantity,
    told.state,
    told.created_at
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        order_line_id uuid,
        order_id uuid,
        customer_id uuid,
        product_id uuid,
        batch_id uuid,
        quantity numeric,
        state text,
        created_at timestamptz
    )
