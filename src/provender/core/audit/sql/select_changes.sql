-- One page of changes; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; row_id, table_name, actor (each NULL for all); since, until (timestamptz or NULL);
-- earliest_id (below the id of every entry since then, or NULL); last_id (key of the last row seen, NULL at the first
-- page); page_size (rows).
-- Order: newest first, by id, which begins with the time of writing.
WITH page AS (
    SELECT
        entry.id,
        entry.recorded_at,
        entry.account_id,
        entry.actor,
        entry.request_id,
        entry.action,
        entry.table_name,
        entry.row_id,
        entry.change
    FROM core.audit_entry AS entry
    WHERE
        entry.organisation_id = %(organisation_id)s::uuid
        AND (%(row_id)s::uuid IS NULL OR entry.row_id = %(row_id)s::uuid)
        AND (%(table_name)s::text IS NULL OR entry.table_name = %(table_name)s::text)
        AND (%(actor)s::text IS NULL OR entry.actor = %(actor)s::text)
        AND (%(since)s::timestamptz IS NULL OR entry.recorded_at >= %(since)s::timestamptz)
        AND (%(until)s::timestamptz IS NULL OR entry.recorded_at < %(until)s::timestamptz)
        AND (%(earliest_id)s::uuid IS NULL OR entry.id >= %(earliest_id)s::uuid)
        AND (%(last_id)s::uuid IS NULL OR entry.id < %(last_id)s::uuid)
    ORDER BY entry.id DESC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.recorded_at,
        page.account_id,
        page.actor,
        page.request_id,
        page.action,
        page.table_name,
        page.row_id,
        page.change
    FROM page
    ORDER BY page.id DESC
    LIMIT %(page_size)s::integer
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.id DESC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (SELECT json_build_array(shown.id) FROM shown ORDER BY shown.id ASC LIMIT 1)
    END AS next_key
