-- The notices of a case; one row: items (JSON array) and next_key; no row when there is no such case.
-- Parameters: organisation_id, recall_case_id; last_id (notice id of the last row seen, or NULL); page_size (notices).
-- Order: notice id, which is the order of writing. The INNER JOIN drops nothing: a notice has its customer.
WITH page AS (
    SELECT
        notice.id,
        notice.customer_id,
        notice.language,
        notice.subject,
        notice.body,
        notice.quantity,
        notice.created_at,
        notice.sent_at,
        notice.sent_by_name,
        notice.acknowledged_at,
        notice.quantity_held,
        notice.version
    FROM trace.recall_notice AS notice
    WHERE
        notice.organisation_id = %(organisation_id)s::uuid
        AND notice.recall_case_id = %(recall_case_id)s::uuid
        AND (%(last_id)s::uuid IS NULL OR notice.id > %(last_id)s::uuid)
    ORDER BY notice.id ASC
    LIMIT %(page_size)s::integer + 1
),

first_page AS (
    SELECT
        page.id,
        page.customer_id,
        page.language,
        page.subject,
        page.body,
        page.quantity,
        page.created_at,
        page.sent_at,
        page.sent_by_name,
        page.acknowledged_at,
        page.quantity_held,
        page.version
    FROM page
    ORDER BY page.id ASC
    LIMIT %(page_size)s::integer
),

shown AS (
    SELECT
        notice.id,
        json_build_object(
            'id', customer.id, 'name', customer.name, 'country', customer.country, 'email', customer.email,
            'phone', customer.phone
        ) AS customer,
        notice.language,
        notice.subject,
        notice.body,
        trim_scale(notice.quantity) AS quantity,
        notice.created_at,
        notice.sent_at,
        notice.sent_by_name,
        notice.acknowledged_at,
        trim_scale(notice.quantity_held) AS quantity_held,
        notice.version
    FROM first_page AS notice
    INNER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND notice.customer_id = customer.id
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.id) FROM shown ORDER BY shown.id DESC LIMIT 1)
    END AS next_key
FROM trace.recall_case AS recall_case
WHERE recall_case.organisation_id = %(organisation_id)s::uuid AND recall_case.id = %(recall_case_id)s::uuid
