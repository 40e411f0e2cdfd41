-- Ends a session or a program's access; its next request is refused. Zero rows: not there, or already ended.
-- Parameters: organisation_id, account_id (the owner; NULL: whoever it is), access_token_id.
UPDATE core.access_token AS token
SET revoked_at = now()
WHERE
    token.organisation_id = %(organisation_id)s::uuid
    AND (%(account_id)s::uuid IS NULL OR token.account_id = %(account_id)s::uuid)
    AND token.id = %(access_token_id)s::uuid
    AND token.revoked_at IS NULL
