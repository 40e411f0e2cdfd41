-- One page of products, each with its material and how many batches it has; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; search (text or NULL for all: SKU or name begins with it); search_gtin
-- (14 digits or NULL: what was searched for is this GTIN, in whatever length it was entered); sku_prefix, name_prefix
-- (text or NULL for all); gtin (14 digits or NULL for all);
-- is_archived (boolean or NULL for both); last_sku, last_id (key of the last row seen, NULL at the first page);
-- page_size (rows).
-- Order: sku, then id.
-- The page is cut first; then what points to each product is counted in LATERALs that always give one row, so that
-- one without any is listed with 0 and two kinds do not multiply each other.
-- INNER JOIN: a product always has its material.
WITH page AS (
    SELECT
        product.id,
        product.sku,
        product.name,
        product.gtin,
        trim_scale(product.net_mass_g) AS net_mass_g,
        product.units_per_case,
        product.shelf_life_days,
        product.archived_at,
        product.version,
        json_build_object('id', material.id, 'code', material.code, 'name', material.name) AS material
    FROM trace.product AS product
    INNER JOIN trace.material AS material
        ON product.organisation_id = material.organisation_id AND product.material_id = material.id
    WHERE
        product.organisation_id = %(organisation_id)s::uuid
        AND (
            %(search)s::text IS NULL
            OR starts_with(lower(product.sku), lower(%(search)s::text))
            OR starts_with(lower(product.name), lower(%(search)s::text))
            OR lpad(product.gtin, 14, '0') = %(search_gtin)s::text
        )
        AND (%(sku_prefix)s::text IS NULL OR starts_with(lower(product.sku), lower(%(sku_prefix)s::text)))
        AND (%(name_prefix)s::text IS NULL OR starts_with(lower(product.name), lower(%(name_prefix)s::text)))
        AND (%(gtin)s::text IS NULL OR lpad(product.gtin, 14, '0') = %(gtin)s::text)
        AND (%(is_archived)s::boolean IS NULL OR (product.archived_at IS NOT NULL) = %(is_archived)s::boolean)
        AND (%(last_sku)s::text IS NULL OR (product.sku, product.id) > (%(last_sku)s::text, %(last_id)s::uuid))
    ORDER BY
        product.sku ASC,
        product.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.sku,
        page.name,
        page.gtin,
        page.net_mass_g,
        page.units_per_case,
        page.shelf_life_days,
        page.archived_at,
        page.version,
        page.material,
        batch.batch_count
    FROM page
    CROSS JOIN LATERAL (
        SELECT count(*) AS batch_count
        FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.product_id = page.id
    ) AS batch
    ORDER BY
        page.sku ASC,
        page.id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.sku ASC, shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.sku, shown.id) FROM shown ORDER BY shown.sku DESC, shown.id DESC LIMIT 1)
    END AS next_key
