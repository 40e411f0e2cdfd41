-- What the form of an order offers, as one JSON object: customers, their sites and products that are not retired, by name, at most
-- 1000 each, and the currency of the newest order.
-- Parameters: organisation_id.
-- The INNER JOIN keeps every site: each has a customer.
SELECT
    json_build_object(
        'customers', (
            SELECT coalesce(json_agg(json_build_array(shown.name, shown.country) ORDER BY shown.name), '[]')
            FROM (
                SELECT
                    customer.name,
                    customer.country
                FROM trace.customer AS customer
                WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.archived_at IS NULL
                ORDER BY customer.name ASC
                LIMIT 1000
            ) AS shown
        ),
        'sites', (
            SELECT coalesce(json_agg(json_build_array(shown.name, shown.customer_name) ORDER BY shown.name), '[]')
            FROM (
                SELECT
                    site.name,
                    customer.name AS customer_name
                FROM trace.customer_site AS site
                INNER JOIN trace.customer AS customer
                    ON site.organisation_id = customer.organisation_id AND site.customer_id = customer.id
                WHERE site.organisation_id = %(organisation_id)s::uuid AND site.archived_at IS NULL
                ORDER BY site.name ASC
                LIMIT 1000
            ) AS shown
        ),
        'products', (
            SELECT coalesce(json_agg(json_build_array(shown.sku, shown.name) ORDER BY shown.sku), '[]')
            FROM (
                SELECT
                    product.sku,
                    product.name
                FROM trace.product AS product
                WHERE product.organisation_id = %(organisation_id)s::uuid AND product.archived_at IS NULL
                ORDER BY product.sku ASC
                LIMIT 1000
            ) AS shown
        ),
        'currency', coalesce(
            (
                SELECT sales_order.currency
                FROM trace.sales_order AS sales_order
                WHERE sales_order.organisation_id = %(organisation_id)s::uuid
                ORDER BY
                    sales_order.ordered_at DESC,
                    sales_order.id DESC
                LIMIT 1
            ), 'EUR'
        )
    ) AS choices
