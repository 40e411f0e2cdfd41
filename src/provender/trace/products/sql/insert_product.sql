-- Adds a product; one row, its id. A taken sku violates product_sku_unique.
-- Parameters: organisation_id, material_id, sku, name, gtin (8, 12, 13 or 14 digits), net_mass_g (grams of one piece),
-- units_per_case (pieces), shelf_life_days.
INSERT INTO trace.product (organisation_id, material_id, sku, name, gtin, net_mass_g, units_per_case, shelf_life_days)
VALUES (
    %(organisation_id)s::uuid,
    %(material_id)s::uuid,
    %(sku)s::text,
    %(name)s::text,
    %(gtin)s::text,
    %(net_mass_g)s::numeric,
    %(units_per_case)s::integer,
    %(shelf_life_days)s::integer
)
RETURNING id
