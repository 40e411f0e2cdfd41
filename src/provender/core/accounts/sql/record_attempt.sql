-- Remembers one try to sign in, for a day.
-- Parameters: email_key (lower-case address), address (network address of the caller), is_success.
SELECT core.record_sign_in_attempt(%(email_key)s::text, %(address)s::text, %(is_success)s::boolean)
