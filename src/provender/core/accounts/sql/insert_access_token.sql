-- Stores what a signed-in browser or a program will present, as its hash.
-- Parameters: organisation_id, account_id, kind (browser or program), name, token_hash (SHA-256), lifetime (interval).
-- Order: one row, the id.
INSERT INTO core.access_token (organisation_id, account_id, kind, name, token_hash, expires_at)
VALUES (
    %(organisation_id)s::uuid,
    %(account_id)s::uuid,
    %(kind)s::text,
    %(name)s::text,
    %(token_hash)s::bytea,
    now() + %(lifetime)s::interval
)
RETURNING id
