-- Corrects what was reported, if the complaint still has the version that the caller has seen. Zero rows: not there,
-- or changed meanwhile.
-- Parameters: organisation_id, complaint_id, version, customer_id, product_id, description, reported_code,
-- reported_best_before_on.
UPDATE trace.complaint AS complaint
SET
    customer_id = %(customer_id)s::uuid,
    product_id = %(product_id)s::uuid,
    description = %(description)s::text,
    reported_code = %(reported_code)s::text,
    reported_best_before_on = %(reported_best_before_on)s::date
WHERE
    complaint.organisation_id = %(organisation_id)s::uuid
    AND complaint.id = %(complaint_id)s::uuid
    AND complaint.version = %(version)s::integer
