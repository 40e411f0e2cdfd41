-- What points to a product and keeps it from being deleted; one row of counts, no row when there is no such product.
-- Parameters: organisation_id, product_id.
SELECT
    (
        SELECT count(*)
        FROM trace.batch AS batch
        WHERE batch.organisation_id = product.organisation_id AND batch.product_id = product.id
    ) AS batches,
    (
        SELECT count(*)
        FROM trace.order_line AS line
        WHERE line.organisation_id = product.organisation_id AND line.product_id = product.id
    ) AS order_lines,
    (
        SELECT count(*)
        FROM trace.complaint AS complaint
        WHERE complaint.organisation_id = product.organisation_id AND complaint.product_id = product.id
    ) AS complaints
FROM trace.product AS product
WHERE product.organisation_id = %(organisation_id)s::uuid AND product.id = %(product_id)s::uuid
