-- Adds orders, as drafts or confirmed; they move on when their goods are there; one row for each element.
-- Parameters: organisation_id; told (JSON array of objects whose keys are the columns).
INSERT INTO trace.sales_order (
    organisation_id,
    id,
    customer_id,
    customer_site_id,
    customer_reference,
    state,
    currency,
    ordered_at,
    expected_on,
    delay_reason,
    note,
    number
)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    told.id,
    told.customer_id,
    told.customer_site_id,
    told.customer_reference,
    CASE told.state WHEN 'draft' THEN 'draft' ELSE 'confirmed' END AS state,
    told.currency,
    told.ordered_at,
    told.expected_on,
    told.delay_reason,
    told.note,
    told.number
FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
        id uuid,
        customer_id uuid,
        customer_site_id uuid,
        customer_reference text,
        state text,
        currency text,
        ordered_at timestamptz,
        expected_on date,
        delay_reason text,
        note text,
        number text
    )
