-- One page of complaints, or the one that is named, as JSON; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; complaint_id (or NULL); state, customer_id, batch_id (filters, or NULL for all);
-- last_received_at, last_id (key of the last row seen, or NULL); page_size (complaints).
-- Order: newest first, then id downwards.
-- LEFT JOINs keep complaints whose customer, product or batch is not known; recall cases come from a LATERAL that
-- always gives one row.
WITH page AS (
    SELECT
        complaint.id,
        complaint.number,
        complaint.state,
        complaint.received_at,
        complaint.description,
        complaint.reported_code,
        complaint.reported_best_before_on,
        complaint.customer_id,
        complaint.product_id,
        complaint.batch_id,
        complaint.closed_reason,
        complaint.recorded_by_name,
        complaint.version
    FROM trace.complaint AS complaint
    WHERE
        complaint.organisation_id = %(organisation_id)s::uuid
        AND (%(complaint_id)s::uuid IS NULL OR complaint.id = %(complaint_id)s::uuid)
        AND (%(state)s::text IS NULL OR complaint.state = %(state)s::text)
        AND (%(customer_id)s::uuid IS NULL OR complaint.customer_id = %(customer_id)s::uuid)
        AND (%(batch_id)s::uuid IS NULL OR complaint.batch_id = %(batch_id)s::uuid)
        AND (
            %(last_received_at)s::timestamptz IS NULL
            OR (complaint.received_at, complaint.id) < (%(last_received_at)s::timestamptz, %(last_id)s::uuid)
        )
    ORDER BY complaint.received_at DESC, complaint.id DESC
    LIMIT %(page_size)s::integer + 1
),

first_page AS (
    SELECT
        page.id,
        page.number,
        page.state,
        page.received_at,
        page.description,
        page.reported_code,
        page.reported_best_before_on,
        page.customer_id,
        page.product_id,
        page.batch_id,
        page.closed_reason,
        page.recorded_by_name,
        page.version
    FROM page
    ORDER BY page.received_at DESC, page.id DESC
    LIMIT %(page_size)s::integer
),

shown AS (
    SELECT
        complaint.id,
        complaint.number,
        complaint.state,
        complaint.received_at,
        complaint.description,
        complaint.reported_code,
        complaint.reported_best_before_on,
        CASE WHEN customer.id IS NOT NULL THEN json_build_object('id', customer.id, 'name', customer.name) END AS customer,
        CASE WHEN product.id IS NOT NULL THEN json_build_object('id', product.id, 'name', product.name) END AS product,
        CASE WHEN batch.id IS NOT NULL THEN json_build_object('id', batch.id, 'code', batch.code) END AS batch,
        recall.recall_cases,
        complaint.closed_reason,
        complaint.recorded_by_name,
        complaint.version
    FROM first_page AS complaint
    LEFT OUTER JOIN trace.customer AS customer
        ON customer.organisation_id = %(organisation_id)s::uuid AND complaint.customer_id = customer.id
    LEFT OUTER JOIN trace.product AS product
        ON product.organisation_id = %(organisation_id)s::uuid AND complaint.product_id = product.id
    LEFT OUTER JOIN trace.batch AS batch
        ON batch.organisation_id = %(organisation_id)s::uuid AND complaint.batch_id = batch.id
    CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object('id', recall_case.id, 'name', recall_case.number)), '[]') AS recall_cases
        FROM trace.recall_complaint AS link
        INNER JOIN trace.recall_case AS recall_case
            ON recall_case.organisation_id = %(organisation_id)s::uuid AND link.recall_case_id = recall_case.id
        WHERE link.organisation_id = %(organisation_id)s::uuid AND link.complaint_id = complaint.id
    ) AS recall
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.received_at DESC, shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (
                SELECT json_build_array(shown.received_at, shown.id) FROM shown
                ORDER BY shown.received_at ASC, shown.id ASC LIMIT 1
            )
    END AS next_key
