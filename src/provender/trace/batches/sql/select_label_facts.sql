-- What is printed on the label of a batch; no row when it does not exist or is another tenant's.
-- Parameters: organisation_id, batch_id.
-- LEFT OUTER JOIN to product keeps batches that are not sold; JOIN to material and organisation drops nothing (required).
SELECT
    batch.code,
    material.name AS material_name,
    product.name AS product_name,
    product.gtin,
    batch.unit_mass_g,
    material.base_unit,
    batch.made_on,
    batch.best_before_on,
    organisation.name AS organisation_name,
    organisation.resolver_origin
FROM trace.batch AS batch
INNER JOIN trace.material AS material
    ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
INNER JOIN core.organisation AS organisation
    ON batch.organisation_id = organisation.id
LEFT OUTER JOIN trace.product AS product
    ON batch.organisation_id = product.organisation_id AND batch.product_id = product.id
WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.id = %(batch_id)s::uuid
