-- Changes the role of a member, ends the membership or brings it back, if it still has the version that was seen.
-- Zero rows: not a member, or changed meanwhile.
-- Parameters: organisation_id, account_id, version, role (NULL: as it is), is_ended (NULL: as it is).
UPDATE core.membership AS member
SET
    role = coalesce(%(role)s::text, member.role),
    ended_at = CASE coalesce(%(is_ended)s::boolean, member.ended_at IS NOT NULL)
        WHEN true THEN coalesce(member.ended_at, now())
    END
WHERE
    member.organisation_id = %(organisation_id)s::uuid
    AND member.account_id = %(account_id)s::uuid
    AND member.version = %(version)s::integer
