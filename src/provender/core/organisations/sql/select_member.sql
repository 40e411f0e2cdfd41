-- One member as JSON, and the version of the membership; no row when the person never worked here.
-- Parameters: organisation_id, account_id.
-- JOIN account: inner, since a membership cannot exist without its account.
-- The LATERAL always gives one row: last_seen_at is NULL for who never came.
SELECT
    json_build_object(
        'account_id', account.id,
        'full_name', account.full_name,
        'email', account.email,
        'language', account.language,
        'role', member.role,
        'created_at', member.created_at,
        'ended_at', member.ended_at,
        'last_seen_at', seen.last_seen_at,
        'version', member.version
    ) AS member,
    member.version
FROM core.membership AS member
INNER JOIN core.account AS account ON member.account_id = account.id
CROSS JOIN LATERAL (
    SELECT max(token.last_seen_at) AS last_seen_at
    FROM core.access_token AS token
    WHERE token.organisation_id = member.organisation_id AND token.account_id = member.account_id
) AS seen
WHERE member.organisation_id = %(organisation_id)s::uuid AND member.account_id = %(account_id)s::uuid
