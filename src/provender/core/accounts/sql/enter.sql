-- Lets a caller in: verifies the token of a session or a program and sets tenant, person and request for
-- the rest of the transaction. One row: who it is. No row: not signed in, and row-level security shows nothing.
-- Parameters: token_hash (SHA-256), organisation_id (the tenant that the token claims), request_id.
-- Order: one row at most.
SELECT
    caller.account_id,
    caller.organisation_id,
    caller.access_token_id,
    caller.kind,
    caller.role,
    caller.full_name,
    caller.email,
    caller.language,
    caller.organisation_name,
    caller.time_zone
FROM core.enter(%(token_hash)s::bytea, %(organisation_id)s::uuid, %(request_id)s::text) AS caller
