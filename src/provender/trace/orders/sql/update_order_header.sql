-- Replaces what can be changed of an order apart from its lines; its version rises even when nothing differs.
-- Parameters: organisation_id, order_id, customer_site_id, customer_reference, currency, ordered_at, expected_on, delay_reason, note.
UPDATE trace.sales_order AS sales_order
SET
    customer_site_id = %(customer_site_id)s::uuid,
    customer_reference = %(customer_reference)s::text,
    currency = %(currency)s::text,
    ordered_at = %(ordered_at)s::timestamptz,
    expected_on = %(expected_on)s::date,
    delay_reason = %(delay_reason)s::text,
    note = %(note)s::text
WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.id = %(order_id)s::uuid
