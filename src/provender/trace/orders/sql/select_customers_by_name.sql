-- The customers with some names that are not retired; one row per customer.
-- Parameters: organisation_id, names (array of text).
SELECT
    customer.name,
    customer.id
FROM trace.customer AS customer
WHERE
    customer.organisation_id = %(organisation_id)s::uuid
    AND customer.name = any(%(names)s::text[])
    AND customer.archived_at IS NULL
