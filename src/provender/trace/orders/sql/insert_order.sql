-- Adds a draft order; one row, its id. A taken number violates sales_order_number_unique, a customer's reference used twice
-- sales_order_reference_unique, an unknown customer or somebody else's site the foreign keys.
-- Parameters: organisation_id, number, customer_id, customer_site_id, customer_reference, currency (ISO 4217),
-- ordered_at (NULL: now), expected_on, note.
INSERT INTO trace.sales_order (
    organisation_id, number, customer_id, customer_site_id, customer_reference, currency, ordered_at, expected_on, note
)
VALUES (
    %(organisation_id)s::uuid,
    %(number)s::text,
    %(customer_id)s::uuid,
    %(customer_site_id)s::uuid,
    %(customer_reference)s::text,
    %(currency)s::text,
    coalesce(%(ordered_at)s::timestamptz, now()),
    %(expected_on)s::date,
    %(note)s::text
)
RETURNING id
