-- One customer as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, customer_id.
-- What points to it is counted in LATERALs that always give one row: one without any has 0.
SELECT
    json_build_object(
        'id', customer.id,
        'name', customer.name,
        'country', customer.country,
        'language', customer.language,
        'email', customer.email,
        'phone', customer.phone,
        'note', customer.note,
        'archived_at', customer.archived_at,
        'version', customer.version,
        'site_count', site.site_count,
        'order_count', sales_order.order_count
    ) AS customer,
    customer.version
FROM trace.customer AS customer
CROSS JOIN LATERAL (
    SELECT count(*) AS site_count
    FROM trace.customer_site AS site
    WHERE site.organisation_id = customer.organisation_id AND site.customer_id = customer.id
) AS site
CROSS JOIN LATERAL (
    SELECT count(*) AS order_count
    FROM trace.sales_order AS sales_order
    WHERE sales_order.organisation_id = customer.organisation_id AND sales_order.customer_id = customer.id
) AS sales_order
WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.id = %(customer_id)s::uuid
