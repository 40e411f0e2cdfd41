-- Retires a customer, or brings it back. Zero rows: not there.
-- Parameters: organisation_id, customer_id, is_archived.
UPDATE trace.customer AS customer
SET archived_at = CASE WHEN %(is_archived)s::boolean THEN coalesce(customer.archived_at, now()) END
WHERE customer.organisation_id = %(organisation_id)s::uuid AND customer.id = %(customer_id)s::uuid
