-- One page of the sessions and programs of a person that still open the door; one row: items (JSON array), next_key.
-- Parameters: organisation_id, account_id, current_id (the one that asks), kind (browser, program or NULL for both),
-- last_id (key of the last row seen, NULL at the first page), page_size (rows).
-- Order: newest first, by id, which begins with the time.
WITH page AS (
    SELECT
        token.id,
        token.kind,
        token.name,
        token.created_at,
        token.last_seen_at,
        token.expires_at,
        token.id = %(current_id)s::uuid AS is_current
    FROM core.access_token AS token
    WHERE
        token.organisation_id = %(organisation_id)s::uuid
        AND token.account_id = %(account_id)s::uuid
        AND token.revoked_at IS NULL
        AND token.expires_at > now()
        AND (%(kind)s::text IS NULL OR token.kind = %(kind)s::text)
        AND (%(last_id)s::uuid IS NULL OR token.id < %(last_id)s::uuid)
    ORDER BY token.id DESC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.id,
        page.kind,
        page.name,
        page.created_at,
        page.last_seen_at,
        page.expires_at,
        page.is_current
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
