-- Deletes a product that nothing points to; what does refuses it (RESTRICT). Zero rows: not there.
-- Parameters: organisation_id, product_id.
DELETE FROM trace.product AS product
WHERE product.organisation_id = %(organisation_id)s::uuid AND product.id = %(product_id)s::uuid
