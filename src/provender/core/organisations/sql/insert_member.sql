-- Makes a person a member of the caller's organisation, and the account when the address is new; one row, its id.
-- Who is or was a member here violates membership_pkey.
-- Parameters: organisation_id, email, full_name, language, password_hash (Argon2id), role.
INSERT INTO core.membership (organisation_id, account_id, role)
VALUES (
    %(organisation_id)s::uuid,
    core.ensure_account(%(email)s::text, %(full_name)s::text, %(language)s::text, %(password_hash)s::text),
    %(role)s::text
)
RETURNING account_id
