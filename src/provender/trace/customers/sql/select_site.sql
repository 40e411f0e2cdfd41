-- One site as JSON, and its version; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, site_id.
-- Orders are counted in a LATERAL that always gives one row: a site without any has 0.
SELECT
    json_build_object(
        'id', site.id,
        'customer_id', site.customer_id,
        'name', site.name,
        'address', site.address,
        'country', site.country,
        'time_zone', site.time_zone,
        'archived_at', site.archived_at,
        'version', site.version,
        'order_count', sales_order.order_count
    ) AS site,
    site.version
FROM trace.customer_site AS site
CROSS JOIN LATERAL (
    SELECT count(*) AS order_count
    FROM trace.sales_order AS sales_order
    WHERE sales_order.organisation_id = site.organisation_id AND sales_order.customer_site_id = site.id
) AS sales_order
WHERE site.organisation_id = %(organisation_id)s::uuid AND site.id = %(site_id)s::uuid
