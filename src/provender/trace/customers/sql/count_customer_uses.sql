-- What points to a customer and keeps it from being deleted; one row of counts, no row when there is no such customer.
-- Parameters: organisation_id, customer_id.
SELECT
    (
        SELECT count(*)
        FROM trace.customer_site AS site
        WHERE site.organisation_id = customer.organisation_id AND site.customer_id = customer.id
    ) AS sites,
    (
        SELECT count(*)
        FROM trace.sales_order AS sales_order
        WHERE sales_order.organisation_id = customer.organisation_id AND sales_order.customer_id = customer.id
    ) AS orders,
    (
        SELECT count(*)
        FROM trace.return_receipt AS receipt
        WHERE receipt.organisation_id = customer.organisation_id AND receipt.customer_id = customer.id
    ) AS returns,
    (
        SELECT count(*)
        FROM trace.complaint AS complaint
        WHERE complaint.organisation_id = customer.organisation_id AND complaint.customer_id = customer.id
    ) AS complaints,
    (
        SELECT count(*)
        FROM trace.recall_notice AS notice
        WHERE notice.organisation_id = customer.organisation_id AND notice.customer_id = customer.id
    ) AS notices
FROM trace.customer AS customer
WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.id = %(customer_id)s::uuid
