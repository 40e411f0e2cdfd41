-- One page of customers, each with how many sites and orders it has; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; name_prefix (text or NULL for all); country (ISO 3166-1 alpha-2, or NULL for all);
-- is_archived (boolean or NULL for both); last_name, last_id (key of the last row seen, NULL at the first page);
-- page_size (rows).
-- Order: name, then id.
-- The page is cut first; then what points to each customer is counted in LATERALs that always give one row, so that
-- one without any is listed with 0 and two kinds do not multiply each other.
WITH page AS (
    SELECT
        customer.id,
        customer.name,
        customer.country,
        customer.language,
        customer.email,
        customer.phone,
        customer.note,
        customer.archived_at,
        customer.version
    FROM trace.customer AS customer
    WHERE
        customer.organisation_id = %(organisation_id)s::uuid
        AND (%(name_prefix)s::text IS NULL OR starts_with(lower(customer.name), lower(%(name_prefix)s::text)))
        AND (%(country)s::text IS NULL OR customer.country = %(country)s::text)
        AND (%(is_archived)s::boolean IS NULL OR (customer.archived_at IS NOT NULL) = %(is_archived)s::boolean)
        AND (%(last_name)s::text IS NULL OR (customer.name, customer.id) > (%(last_name)s::text, %(last_id)s::uuid))
    ORDER BY
        customer.name ASC,
        customer.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.name,
        page.country,
        page.language,
        page.email,
        page.phone,
        page.note,
        page.archived_at,
        page.version,
        site.site_count,
        sales_order.order_count
    FROM page
    CROSS JOIN LATERAL (
        SELECT count(*) AS site_count
        FROM trace.customer_site AS site
        WHERE site.organisation_id = %(organisation_id)s::uuid AND site.customer_id = page.id
    ) AS site
    CROSS JOIN LATERAL (
        SELECT count(*) AS order_count
        FROM trace.sales_order AS sales_order
        WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.customer_id = page.id
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
