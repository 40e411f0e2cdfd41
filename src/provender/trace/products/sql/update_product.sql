-- Replaces a product if it still has the version that the caller has seen. Zero rows: not there, or changed meanwhile.
-- Parameters: organisation_id, product_id, version, material_id, sku, name, gtin (8, 12, 13 or 14 digits), net_mass_g (grams of one piece),
-- units_per_case (pieces), shelf_life_days.
UPDATE trace.product AS product
SET
    material_id = coalesce(%(material_id)s::uuid, product.material_id),
    sku = %(sku)s::text,
    name = %(name)s::text,
    gtin = %(gtin)s::text,
    net_mass_g = %(net_mass_g)s::numeric,
    units_per_case = %(units_per_case)s::integer,
    shelf_life_days = %(shelf_life_days)s::integer
WHERE
    product.organisation_id = %(organisation_id)s::uuid
    AND product.id = %(product_id)s::uuid
    AND product.version = %(version)s::integer
