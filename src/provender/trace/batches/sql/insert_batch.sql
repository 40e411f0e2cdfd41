-- Adds a batch; one row, its id. A code taken for this material violates batch_code_unique.
-- Parameters: organisation_id, material_id, product_id, farm_id, supplier_id (or NULL), code, made_on, best_before_on (dates),
-- unit_mass_g (grams in one base unit, or NULL), note.
INSERT INTO trace.batch (
    organisation_id, material_id, product_id, farm_id, supplier_id, code, made_on, best_before_on, unit_mass_g, note
)
VALUES (
    %(organisation_id)s::uuid,
    %(material_id)s::uuid,
    %(product_id)s::uuid,
    %(farm_id)s::uuid,
    %(supplier_id)s::uuid,
    %(code)s::text,
    %(made_on)s::date,
    %(best_before_on)s::date,
    %(unit_mass_g)s::numeric,
    %(note)s::text
)
RETURNING id
