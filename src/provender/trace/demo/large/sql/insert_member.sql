-- Makes the person, who has no password, a member of the organisation; one row, its id.
-- Parameters: organisation_id; email; full_name.
INSERT INTO core.membership (organisation_id, account_id, role)
SELECT
    %(organisation_id)s::uuid AS organisation_id,
    core.ensure_account(%(email)s::text, %(full_name)s::text, 'en', NULL) AS account_id,
    'administrator' AS role
RETURNING account_id
