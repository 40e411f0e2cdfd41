-- The organisations that a person may enter, with the stored password hash; a row is one of them.
-- No rows: the address is unknown, the person is deactivated, or a member nowhere.
-- Parameters: email_key (lower-case address).
-- Order: the oldest membership first.
SELECT
    sign_in.account_id,
    sign_in.password_hash,
    sign_in.organisation_id,
    sign_in.full_name,
    sign_in.language,
    sign_in.organisation_name,
    sign_in.role
FROM core.find_sign_in(%(email_key)s::text) AS sign_in
