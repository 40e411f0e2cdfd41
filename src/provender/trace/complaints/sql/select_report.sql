-- What identifies the goods in one complaint; no row when it does not exist.
-- Parameters: organisation_id, complaint_id.
SELECT
    complaint.reported_code,
    complaint.reported_best_before_on,
    complaint.product_id,
    complaint.customer_id
FROM trace.complaint AS complaint
WHERE complaint.organisation_id = %(organisation_id)s::uuid AND complaint.id = %(complaint_id)s::uuid
