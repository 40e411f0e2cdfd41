-- Whether there is such a customer; one row.
-- Parameters: organisation_id, customer_id.
SELECT exists(
    SELECT FROM trace.customer AS customer
    WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.id = %(customer_id)s::uuid
) AS is_there
