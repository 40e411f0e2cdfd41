-- Replaces what people say about themselves if it still has the version that was seen. Zero rows: changed meanwhile.
-- Parameters: account_id, version, full_name, language.
UPDATE core.account AS account
SET
    full_name = %(full_name)s::text,
    language = %(language)s::text
WHERE account.id = %(account_id)s::uuid AND account.version = %(version)s::integer
