-- One page of members, those who left included unless filtered; one row: items (JSON array) and next_key.
-- Parameters: organisation_id; name_prefix (text or NULL for all); role (text or NULL); is_ended (boolean or NULL for
-- both); last_name, last_id (key of the last row seen, NULL at the first page); page_size (rows).
-- Order: full name, then account id.
-- JOIN account: inner, since a membership cannot exist without its account.
-- When a member was last seen is asked per shown row in a LATERAL that always gives one row: NULL for who never came.
WITH page AS (
    SELECT
        account.id AS account_id,
        account.full_name,
        account.email,
        account.language,
        member.role,
        member.created_at,
        member.ended_at,
        member.version
    FROM core.membership AS member
    INNER JOIN core.account AS account ON member.account_id = account.id
    WHERE
        member.organisation_id = %(organisation_id)s::uuid
        AND (%(name_prefix)s::text IS NULL OR starts_with(account.full_name, %(name_prefix)s::text))
        AND (%(role)s::text IS NULL OR member.role = %(role)s::text)
        AND (%(is_ended)s::boolean IS NULL OR (member.ended_at IS NOT NULL) = %(is_ended)s::boolean)
        AND (%(last_name)s::text IS NULL OR (account.full_name, account.id) > (%(last_name)s::text, %(last_id)s::uuid))
    ORDER BY
        account.full_name ASC,
        account.id ASC
    LIMIT %(page_size)s::integer + 1
),

shown AS (
    SELECT
        page.account_id,
        page.full_name,
        page.email,
        page.language,
        page.role,
        page.created_at,
        page.ended_at,
        seen.last_seen_at,
        page.version
    FROM (
        SELECT
            page.account_id,
            page.full_name,
            page.email,
            page.language,
            page.role,
            page.created_at,
            page.ended_at,
            page.version
        FROM page
        ORDER BY page.full_name ASC, page.account_id ASC
        LIMIT %(page_size)s::integer
    ) AS page
    CROSS JOIN LATERAL (
        SELECT max(token.last_seen_at) AS last_seen_at
        FROM core.access_token AS token
        WHERE token.organisation_id = %(organisation_id)s::uuid AND token.account_id = page.account_id
    ) AS seen
)

SELECT
    (SELECT coalesce(json_agg(shown ORDER BY shown.full_name ASC, shown.account_id ASC), '[]') FROM shown) AS items,
    CASE
        WHEN (SELECT count(*) FROM page) > %(page_size)s::integer
            THEN (
                SELECT json_build_array(shown.full_name, shown.account_id)
                FROM shown
                ORDER BY shown.full_name DESC, shown.account_id DESC
                LIMIT 1
            )
    END AS next_key
