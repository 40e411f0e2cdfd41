-- Adds order lines; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.order_line (organisation_id, id, order_id, customer_id, product_id, line_no, quantity, unit_price)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.order_id,
    told.customer_id,
    told.product_id,
    told.line_no,
    told.quantity,
    told.unit_price
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        order_id uuid,
        customer_id uuid,
        product_id uuid,
        line_no integer,
        quantity numeric,
        unit_price numeric
    )
