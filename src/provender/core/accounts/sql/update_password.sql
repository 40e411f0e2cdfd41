-- Stores a new password hash of one person.
-- Parameters: account_id, password_hash (Argon2id).
UPDATE core.account AS account
SET password_hash = %(password_hash)s::text
WHERE account.id = %(account_id)s::uuid
