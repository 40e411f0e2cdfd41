-- What the names in a row of receipts mean; one row, with NULL for what is unknown.
-- Parameters: organisation_id; material (its code or name), farm, supplier (names, or NULL).
-- A material's code goes before another's name.
SELECT
    (
        SELECT material.id FROM trace.material AS material
        WHERE
            material.organisation_id = %(organisation_id)s::uuid
            AND (material.code = %(material)s::text OR material.name = %(material)s::text)
        ORDER BY
            material.code = %(material)s::text DESC,
            material.id ASC
        LIMIT 1
    ) AS material_id,
    (
        SELECT farm.id FROM trace.farm AS farm
        WHERE farm.organisation_id = %(organisation_id)s::uuid AND farm.name = %(farm)s::text
    ) AS farm_id,
    (
        SELECT supplier.id FROM trace.supplier AS supplier
        WHERE supplier.organisation_id = %(organisation_id)s::uuid AND supplier.name = %(supplier)s::text
    ) AS supplier_id
