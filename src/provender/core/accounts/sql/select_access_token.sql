-- One session or program of a person, as JSON; no row when it is not there, has ended or is somebody else's.
-- Parameters: organisation_id, account_id, current_id (the one that asks), access_token_id.
SELECT
    json_build_object(
        'id', token.id,
        'kind', token.kind,
        'name', token.name,
        'created_at', token.created_at,
        'last_seen_at', token.last_seen_at,
        'expires_at', token.expires_at,
        'is_current', token.id = %(current_id)s::uuid
    ) AS access_token
FROM core.access_token AS token
WHERE
    token.organisation_id = %(organisation_id)s::uuid
    AND token.account_id = %(account_id)s::uuid
    AND token.id = %(access_token_id)s::uuid
    AND token.revoked_at IS NULL
    AND token.expires_at > now()
