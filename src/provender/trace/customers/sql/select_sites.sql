-- One page of the sites of a customer; one row: items (JSON array) and next_key; no row when there is no such customer.
-- Parameters: organisation_id, customer_id; is_archived (boolean or NULL for both); last_name, last_id (key of the
-- last row seen, NULL at the first page); page_size (rows).
-- Order: name, then id.
-- The page is cut first; then orders are counted per site in a LATERAL that always gives one row: a site without any
-- has 0.
WITH page AS (
    SELECT
        site.id,
        site.customer_id,
        site.name,
        site.address,
        site.country,
        site.time_zone,
        site.archived_at,
        site.version
    FROM trace.customer_site AS site
    WHERE
        site.organisation_id = %(organisation_id)s::uuid
        AND site.customer_id = %(customer_id)s::uuid
        AND (%(is_archived)s::boolean IS NULL OR (site.archived_at IS NOT NULL) = %(is_archived)s::boolean)
        AND (%(last_name)s::text IS NULL OR (site.name, site.id) > (%(last_name)s::text, %(last_id)s::uuid))
    ORDER BY
        site.name ASC,
        site.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.customer_id,
        page.name,
        page.address,
        page.country,
        page.time_zone,
        page.archived_at,
        page.version,
        sales_order.order_count
    FROM page
    CROSS JOIN LATERAL (
        SELECT count(*) AS order_count
        FROM trace.sales_order AS sales_order
        WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.customer_site_id = page.id
    ) AS sales_order
    ORDER BY
        page.name ASC,
        page.id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.name ASC, shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.name, shown.id) FROM shown ORDER BY shown.name DESC, shown.id DESC LIMIT 1)
    END AS next_key
FROM trace.customer AS customer
WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.id = %(customer_id)s::uuid
