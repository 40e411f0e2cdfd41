-- Retires a product, or brings it back. Zero rows: not there.
-- Parameters: organisation_id, product_id, is_archived.
UPDATE trace.product AS product
SET archived_at = CASE WHEN %(is_archived)s::boolean THEN coalesce(product.archived_at, now()) END
WHERE product.organisation_id = %(organisation_id)s::uuid AND product.id = %(product_id)s::uuid
