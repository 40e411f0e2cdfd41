-- Ends sessions and programs of one person in the present tenant; their next requests are refused.
-- Parameters: organisation_id, account_id, kind (browser, program or NULL for both), kept_id (one to keep, or NULL).
UPDATE core.access_token AS token
SET revoked_at = now()
WHERE
    token.organisation_id = %(organisation_id)s::uuid
    AND token.account_id = %(account_id)s::uuid
    AND token.revoked_at IS NULL
    AND (%(kind)s::text IS NULL OR token.kind = %(kind)s::text)
    AND (%(kept_id)s::uuid IS NULL OR token.id <> %(kept_id)s::uuid)
