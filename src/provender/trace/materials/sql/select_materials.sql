-- One page of materials, each with the product it is sold as and how many batches it has; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; search (text or NULL for all: code or name begins with it);
-- kind (text or NULL for all);
-- is_archived (boolean or NULL for both); last_code, last_id (key of the last row seen, NULL at the first page);
-- page_size (rows).
-- Order: code, then id.
-- The page is cut first; then what points to each material is counted in LATERALs that always give one row, so that
-- one without any is listed with 0 and two kinds do not multiply each other.
-- LEFT OUTER JOIN: a material that is not sold has no product, and one has at most one.
WITH page AS (
    SELECT
        material.id,
        material.code,
        material.name,
        material.kind,
        material.base_unit,
        material.archived_at,
        material.version,
        product.id AS product_id
    FROM trace.material AS material
    LEFT OUTER JOIN trace.product AS product
        ON material.organisation_id = product.organisation_id AND material.id = product.material_id
    WHERE
        material.organisation_id = %(organisation_id)s::uuid
        AND (
            %(search)s::text IS NULL
            OR starts_with(lower(material.code), lower(%(search)s::text))
            OR starts_with(lower(material.name), lower(%(search)s::text))
        )
        AND (%(kind)s::text IS NULL OR material.kind = %(kind)s::text)
        AND (%(is_archived)s::boolean IS NULL OR (material.archived_at IS NOT NULL) = %(is_archived)s::boolean)
        AND (%(last_code)s::text IS NULL OR (material.code, material.id) > (%(last_code)s::text, %(last_id)s::uuid))
    ORDER BY
        material.code ASC,
        material.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.code,
        page.name,
        page.kind,
        page.base_unit,
        page.archived_at,
        page.version,
        page.product_id,
        batch.batch_count
    FROM page
    CROSS JOIN LATERAL (
        SELECT count(*) AS batch_count
        FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.material_id = page.id
    ) AS batch
    ORDER BY
        page.code ASC,
        page.id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.code ASC, shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.code, shown.id) FROM shown ORDER BY shown.code DESC, shown.id DESC LIMIT 1)
    END AS next_key
