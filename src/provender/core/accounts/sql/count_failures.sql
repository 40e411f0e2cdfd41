-- Failed tries to sign in during the last 15 minutes, for this person and from this address; one row.
-- Parameters: email_key (lower-case address), address (network address of the caller).
SELECT
    failures.by_email,
    failures.by_address
FROM core.count_failed_sign_ins(%(email_key)s::text, %(address)s::text) AS failures
