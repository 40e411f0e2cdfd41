-- Deletes a customer that nothing points to; what does refuses it (RESTRICT). Zero rows: not there.
-- Parameters: organisation_id, customer_id.
DELETE FROM trace.customer AS customer
WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.id = %(customer_id)s::uuid
