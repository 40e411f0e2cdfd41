-- The site of a customer that has a name and is not retired; one row, or none.
-- Parameters: organisation_id, customer_id, name.
SELECT site.id
FROM trace.customer_site AS site
WHERE
    site.organisation_id = %(organisation_id)s::uuid
    AND site.customer_id = %(customer_id)s::uuid
    AND site.name = %(name)s::text
    AND site.archived_at IS NULL
