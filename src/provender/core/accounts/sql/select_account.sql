-- One person as JSON, with organisation and role, and the version; no row when not a member here.
-- Parameters: organisation_id, account_id.
-- JOIN account, organisation: inner, since a membership cannot exist without either.
SELECT
    json_build_object(
        'id', account.id,
        'email', account.email,
        'full_name', account.full_name,
        'language', account.language,
        'role', member.role,
        'organisation_id', organisation.id,
        'organisation_name', organisation.name,
        'version', account.version
    ) AS account,
    account.version
FROM core.membership AS member
INNER JOIN core.account AS account ON member.account_id = account.id
INNER JOIN core.organisation AS organisation ON member.organisation_id = organisation.id
WHERE member.organisation_id = %(organisation_id)s::uuid AND member.account_id = %(account_id)s::uuid
