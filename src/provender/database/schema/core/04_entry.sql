-- How a caller comes in: the only places that look across tenants, each a function that answers one question.
-- Signing in happens before a tenant is known, so these functions belong to the owner, who alone may read
-- the identity tables whole; everything else obeys row-level security.
ALTER TABLE core.organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.organisation FORCE ROW LEVEL SECURITY;
ALTER TABLE core.account ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.account FORCE ROW LEVEL SECURITY;
ALTER TABLE core.sign_in_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.sign_in_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation_of_tenant ON core.organisation TO provender_app, provender_portal
USING (id = (SELECT nullif(current_setting('app.organisation_id', true), '')::uuid));
CREATE POLICY account_seen_by_colleagues ON core.account FOR SELECT TO provender_app
USING (
    id = (SELECT nullif(current_setting('app.account_id', true), '')::uuid)
    OR EXISTS (SELECT FROM core.membership AS member WHERE member.account_id = account.id)
);
CREATE POLICY account_changed_by_itself ON core.account FOR UPDATE TO provender_app
USING (id = (SELECT nullif(current_setting('app.account_id', true), '')::uuid));
CREATE POLICY organisation_of_owner ON core.organisation TO provender_owner USING (true);
CREATE POLICY account_of_owner ON core.account TO provender_owner USING (true);
CREATE POLICY membership_of_owner ON core.membership TO provender_owner USING (true);
CREATE POLICY access_token_of_owner ON core.access_token TO provender_owner USING (true);
CREATE POLICY sign_in_attempt_of_owner ON core.sign_in_attempt TO provender_owner USING (true);
GRANT SELECT ON core.organisation, core.account, core.server_secret TO provender_app;
GRANT UPDATE (name, country, time_zone, language, contact_email, contact_phone, resolver_origin, version) ON core.organisation TO provender_app;
GRANT UPDATE (full_name, language, password_hash) ON core.account TO provender_app;

CREATE FUNCTION core.enter(presented_hash bytea, claimed_organisation_id uuid, current_request_id text)
RETURNS TABLE (
    account_id uuid, organisation_id uuid, access_token_id uuid, kind text, role text, full_name text, email text, language text,
    organisation_name text, time_zone text
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
DECLARE
    seen_at timestamptz;
BEGIN
    SELECT
        account.id, organisation.id, token.id, token.kind, member.role, account.full_name, account.email, account.language,
        organisation.name, organisation.time_zone, token.last_seen_at
    INTO account_id, organisation_id, access_token_id, kind, role, full_name, email, language, organisation_name, time_zone, seen_at
    FROM core.access_token AS token
    INNER JOIN core.membership AS member
        ON token.organisation_id = member.organisation_id AND token.account_id = member.account_id
    INNER JOIN core.account AS account ON member.account_id = account.id
    INNER JOIN core.organisation AS organisation ON member.organisation_id = organisation.id
    WHERE
        token.organisation_id = claimed_organisation_id
        AND token.token_hash = presented_hash
        AND token.revoked_at IS NULL
        AND token.expires_at > now()
        AND member.ended_at IS NULL
        AND account.deactivated_at IS NULL;
    PERFORM
        set_config('app.organisation_id', coalesce(organisation_id::text, ''), true),
        set_config('app.account_id', coalesce(account_id::text, ''), true),
        set_config('app.actor', coalesce(full_name, ''), true),
        set_config('app.request_id', coalesce(current_request_id, ''), true);
    IF account_id IS NULL THEN
        RETURN;
    END IF;
    IF seen_at < now() - interval '10 minutes' AND current_setting('transaction_read_only') = 'off' THEN
        UPDATE core.access_token AS token SET last_seen_at = now()
        WHERE token.organisation_id = claimed_organisation_id AND token.id = access_token_id;
    END IF;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION core.enter(bytea, uuid, text) IS 'Verifies an access token and sets tenant, person and request for this transaction; no row: not signed in, and row-level security shows nothing.';

CREATE FUNCTION core.find_sign_in(wanted_email_key text)
RETURNS TABLE (
    account_id uuid, password_hash text, organisation_id uuid, full_name text, language text, organisation_name text, role text
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT
        account.id, account.password_hash, member.organisation_id, account.full_name, account.language, organisation.name, member.role
    FROM core.account AS account
    INNER JOIN core.membership AS member ON account.id = member.account_id
    INNER JOIN core.organisation AS organisation ON member.organisation_id = organisation.id
    WHERE account.email_key = wanted_email_key AND account.deactivated_at IS NULL AND member.ended_at IS NULL
    ORDER BY member.created_at, member.organisation_id
$$;
COMMENT ON FUNCTION core.find_sign_in(text) IS 'One row per organisation a person may enter, the oldest membership first; none when unknown, deactivated or nowhere a member.';

CREATE FUNCTION core.ensure_account(wanted_email text, wanted_full_name text, wanted_language text, wanted_password_hash text)
RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    found_id uuid;
BEGIN
    INSERT INTO core.account (email, full_name, language, password_hash)
    VALUES (wanted_email, wanted_full_name, wanted_language, wanted_password_hash)
    ON CONFLICT ON CONSTRAINT account_email_key_unique DO NOTHING
    RETURNING id INTO found_id;
    IF found_id IS NULL THEN
        SELECT account.id INTO found_id FROM core.account AS account WHERE account.email_key = lower(wanted_email);
    END IF;
    RETURN found_id;
END
$$;
COMMENT ON FUNCTION core.ensure_account(text, text, text, text) IS 'The account of an e-mail address, made when missing. An existing person keeps name and password.';

CREATE FUNCTION core.record_sign_in_attempt(tried_email_key text, caller_address text, was_success boolean) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    INSERT INTO core.sign_in_attempt (email_key, address, is_success) VALUES (tried_email_key, caller_address, was_success);
    DELETE FROM core.sign_in_attempt WHERE attempted_at < now() - interval '1 day';
$$;
COMMENT ON FUNCTION core.record_sign_in_attempt(text, text, boolean) IS 'Remembers one try for a day.';

CREATE FUNCTION core.count_failed_sign_ins(tried_email_key text, caller_address text)
RETURNS TABLE (by_email bigint, by_address bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT
        (SELECT count(*) FROM core.sign_in_attempt AS attempt
         WHERE attempt.email_key = tried_email_key AND NOT attempt.is_success AND attempt.attempted_at > now() - interval '15 minutes'),
        (SELECT count(*) FROM core.sign_in_attempt AS attempt
         WHERE attempt.address = caller_address AND NOT attempt.is_success AND attempt.attempted_at > now() - interval '15 minutes')
$$;
COMMENT ON FUNCTION core.count_failed_sign_ins(text, text) IS 'Failures of the last 15 minutes for this person and from this address.';

CREATE FUNCTION core.open_organisation(
    wanted_name text, wanted_country text, wanted_time_zone text, wanted_language text, wanted_email text
) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    INSERT INTO core.organisation (name, country, time_zone, language, contact_email)
    VALUES (wanted_name, wanted_country, wanted_time_zone, wanted_language, wanted_email)
    RETURNING id
$$;
COMMENT ON FUNCTION core.open_organisation(text, text, text, text, text) IS 'A new tenant; whoever calls it becomes nobody in it until a membership is made.';

CREATE FUNCTION core.find_only_administrator() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT min(account.email)
    FROM core.membership AS member
    INNER JOIN core.account AS account ON member.account_id = account.id
    WHERE
        member.role = 'administrator' AND member.ended_at IS NULL AND account.deactivated_at IS NULL
        AND (SELECT count(*) FROM core.organisation) = 1
    HAVING count(*) = 1
$$;
COMMENT ON FUNCTION core.find_only_administrator() IS 'The address of the only administrator of the only organisation, as whom commands work when nobody is named; NULL when there are several.';

CREATE FUNCTION core.guard_last_administrator() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    IF OLD.role <> 'administrator' OR OLD.ended_at IS NOT NULL OR (NEW.role = 'administrator' AND NEW.ended_at IS NULL) THEN
        RETURN NEW;
    END IF;
    -- First statement: wait for another administrator who is leaving. What follows sees the outcome.
    PERFORM FROM core.organisation AS organisation WHERE organisation.id = OLD.organisation_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM core.membership AS member
        INNER JOIN core.account AS account ON member.account_id = account.id
        WHERE
            member.organisation_id = OLD.organisation_id AND member.account_id <> OLD.account_id
            AND member.role = 'administrator' AND member.ended_at IS NULL AND account.deactivated_at IS NULL
    ) THEN
        RAISE EXCEPTION 'An organisation cannot be without an administrator'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_last_administrator';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION core.guard_last_administrator() IS 'Two administrators who leave at once wait for each other on the row of their organisation; the second is refused.';
CREATE TRIGGER membership_last_administrator BEFORE UPDATE ON core.membership
FOR EACH ROW EXECUTE FUNCTION core.guard_last_administrator();

REVOKE ALL ON FUNCTION core.enter(bytea, uuid, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION core.find_sign_in(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION core.ensure_account(text, text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION core.record_sign_in_attempt(text, text, boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION core.count_failed_sign_ins(text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION core.open_organisation(text, text, text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION core.find_only_administrator() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.enter(bytea, uuid, text), core.find_sign_in(text), core.ensure_account(text, text, text, text),
core.record_sign_in_attempt(text, text, boolean), core.count_failed_sign_ins(text, text),
core.open_organisation(text, text, text, text, text), core.find_only_administrator() TO provender_app;
