-- What needs attention now; one row, one JSON object: the oldest open complaints, the open recalls, the latest
-- processes, and figures that lead to lists.
-- Parameters: organisation_id, most (rows of each list).
-- Order: complaints oldest first, recalls newest first, processes newest first.
-- LEFT JOINs keep complaints whose customer or product is not known. Figures count orders and batches, not joined rows.
SELECT
    json_build_object(
        'complaints', (
            SELECT coalesce(json_agg(complaint ORDER BY complaint.received_at ASC, complaint.id ASC), '[]')
            FROM (
                SELECT
                    complaint.id,
                    complaint.number,
                    complaint.description,
                    complaint.received_at,
                    customer.name AS customer_name,
                    product.name AS product_name,
                    complaint.reported_code
                FROM trace.complaint AS complaint
                LEFT OUTER JOIN trace.customer AS customer
                    ON customer.organisation_id = %(organisation_id)s::uuid AND complaint.customer_id = customer.id
                LEFT OUTER JOIN trace.product AS product
                    ON product.organisation_id = %(organisation_id)s::uuid AND complaint.product_id = product.id
                WHERE
                    complaint.organisation_id = %(organisation_id)s::uuid
                    AND complaint.state = 'open'
                    AND NOT EXISTS (
                        SELECT FROM trace.recall_complaint AS link
                        WHERE link.organisation_id = %(organisation_id)s::uuid AND link.complaint_id = complaint.id
                    )
                ORDER BY complaint.received_at ASC, complaint.id ASC
                LIMIT %(most)s::integer
            ) AS complaint
        ),
        'recalls', (
            SELECT coalesce(json_agg(recall ORDER BY recall.opened_at DESC, recall.id DESC), '[]')
            FROM (
                SELECT
                    recall_case.id,
                    recall_case.number,
                    recall_case.kind,
                    recall_case.title,
                    recall_case.opened_at,
                    (
                        SELECT count(*) FROM trace.recall_notice AS notice
                        WHERE
                            notice.organisation_id = %(organisation_id)s::uuid
                            AND notice.recall_case_id = recall_case.id
                            AND notice.sent_at IS NULL
                    ) AS unsent_count
                FROM trace.recall_case AS recall_case
                WHERE recall_case.organisation_id = %(organisation_id)s::uuid AND recall_case.state = 'open'
                ORDER BY recall_case.opened_at DESC, recall_case.id DESC
                LIMIT %(most)s::integer
            ) AS recall
        ),
        'steps', (
            SELECT coalesce(json_agg(step ORDER BY step.finished_at DESC, step.id DESC), '[]')
            FROM (
                SELECT
                    process.id,
                    process.kind,
                    process.finished_at,
                    (
                        SELECT coalesce(string_agg(batch.code, ', ' ORDER BY output.line_no ASC), '')
                        FROM trace.process_output AS output
                        INNER JOIN trace.batch AS batch
                            ON batch.organisation_id = %(organisation_id)s::uuid AND output.batch_id = batch.id
                        WHERE output.organisation_id = %(organisation_id)s::uuid AND output.process_id = process.id
                    ) AS codes
                FROM trace.process AS process
                WHERE
                    process.organisation_id = %(organisation_id)s::uuid AND NOT process.is_void
                    AND process.kind <> 'reversal'
                ORDER BY process.finished_at DESC, process.id DESC
                LIMIT %(most)s::integer
            ) AS step
        ),
        'open_complaint_count', (
            SELECT count(*) FROM trace.complaint AS complaint
            WHERE complaint.organisation_id = %(organisation_id)s::uuid AND complaint.state = 'open'
        ),
        'hold_count', (
            SELECT count(DISTINCT hold.batch_id) FROM trace.hold AS hold
            WHERE hold.organisation_id = %(organisation_id)s::uuid AND hold.state = 'active'
        ),
        'to_ship_count', (
            SELECT count(*) FROM trace.sales_order AS sales_order
            WHERE
                sales_order.organisation_id = %(organisation_id)s::uuid
                AND sales_order.state IN ('confirmed', 'in_production', 'packed')
        ),
        'to_confirm_count', (
            SELECT count(*) FROM trace.sales_order AS sales_order
            WHERE sales_order.organisation_id = %(organisation_id)s::uuid AND sales_order.state = 'draft'
        ),
        'expiring_count', (
            SELECT count(*) FROM trace.batch AS batch
            WHERE
                batch.organisation_id = %(organisation_id)s::uuid
                AND batch.best_before_on BETWEEN current_date AND current_date + 30
        ),
        'batch_count', (
            SELECT
                exists(
                    SELECT FROM trace.batch AS batch WHERE batch.organisation_id = %(organisation_id)s::uuid
                )::integer
        )
    ) AS overview
