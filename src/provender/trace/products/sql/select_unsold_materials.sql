-- Finished materials in pieces that are in use and not sold as a product yet; one row: items (JSON array).
-- Parameters: organisation_id, most (rows).
-- Order: name, then id.
SELECT coalesce(json_agg(listed ORDER BY listed.name ASC, listed.id ASC), '[]') AS items
FROM (
    SELECT
        material.id,
        material.code,
        material.name
    FROM trace.material AS material
    WHERE
        material.organisation_id = %(organisation_id)s::uuid
        AND material.kind = 'finished'
        AND material.base_unit = 'piece'
        AND material.archived_at IS NULL
        AND NOT EXISTS (
            SELECT FROM trace.product AS product
            WHERE product.organisation_id = material.organisation_id AND product.material_id = material.id
        )
    ORDER BY
        material.name ASC,
        material.id ASC
    LIMIT %(most)s::integer
) AS listed
