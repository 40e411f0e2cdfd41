-- One page of suppliers, each with how many batches came from it; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; name_prefix (text or NULL for all);
-- is_archived (boolean or NULL for both); last_name, last_id (key of the last row seen, NULL at the first page);
-- page_size (rows).
-- Order: name, then id.
-- The page is cut first; then what points to each supplier is counted in LATERALs that always give one row, so that
-- one without any is listed with 0 and two kinds do not multiply each other.
WITH page AS (
    SELECT
        supplier.id,
        supplier.name,
        supplier.country,
        supplier.email,
        supplier.note,
        supplier.archived_at,
        supplier.version
    FROM trace.supplier AS supplier
    WHERE
        supplier.organisation_id = %(organisation_id)s::uuid
        AND (%(name_prefix)s::text IS NULL OR starts_with(lower(supplier.name), lower(%(name_prefix)s::text)))
        AND (%(is_archived)s::boolean IS NULL OR (supplier.archived_at IS NOT NULL) = %(is_archived)s::boolean)
        AND (%(last_name)s::text IS NULL OR (supplier.name, supplier.id) > (%(last_name)s::text, %(last_id)s::uuid))
    ORDER BY
        supplier.name ASC,
        supplier.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.name,
        page.country,
        page.email,
        page.note,
        page.archived_at,
        page.version,
        batch.batch_count
    FROM page
    CROSS JOIN LATERAL (
        SELECT count(*) AS batch_count
        FROM trace.batch AS batch
        WHERE batch.organisation_id = %(organisation_id)s::uuid AND batch.supplier_id = page.id
    ) AS batch
    ORDER BY
        page.name ASC,
        page.id ASC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.name ASC, shown.id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.name, shown.id) FROM shown ORDER BY shown.name DESC, shown.id DESC LIMIT 1)
    END AS next_key
