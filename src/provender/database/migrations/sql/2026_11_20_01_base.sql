-- What every table stands on: the schema, opaque ordered keys, tenancy, versions, moves, frozen columns.
CREATE SCHEMA core;
COMMENT ON SCHEMA core IS 'Who is who, whose is whose, and what was changed: shared by every part of Provender.';
GRANT USAGE ON SCHEMA core TO provender_app, provender_portal;

CREATE FUNCTION core.uuid_v7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
    SELECT encode(
        set_bit(
            set_bit(
                overlay(
                    uuid_send(gen_random_uuid())
                    PLACING substring(int8send((extract(EPOCH FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                    FROM 1 FOR 6
                ),
                52, 1
            ),
            53, 1
        ),
        'hex'
    )::uuid
$$;
COMMENT ON FUNCTION core.uuid_v7() IS 'A version 7 UUID (RFC 9562): milliseconds, then random bits. Our own because PostgreSQL has one only from 18.';

CREATE FUNCTION core.current_organisation_id() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('app.organisation_id', true), '')::uuid $$;
COMMENT ON FUNCTION core.current_organisation_id() IS 'The tenant of this transaction, or NULL: then row-level security shows nothing.';

CREATE FUNCTION core.raise_version() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION core.raise_version() IS 'Counts the changes of a row; the number is its ETag.';

CREATE FUNCTION core.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: its rows are evidence and are only ever added', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END
$$;
COMMENT ON FUNCTION core.refuse_change() IS 'Append-only protection: UPDATE, DELETE and TRUNCATE fail loudly, whoever asks.';

CREATE FUNCTION core.refuse_change_of() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    column_name text;
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    FOREACH column_name IN ARRAY TG_ARGV LOOP
        IF before -> column_name IS DISTINCT FROM after -> column_name THEN
            RAISE EXCEPTION 'The % of a % cannot be changed', column_name, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_frozen', COLUMN = column_name;
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION core.refuse_change_of() IS 'Refuses an UPDATE that changes one of the columns named as trigger arguments.';

CREATE FUNCTION core.guard_move() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (TG_ARGV) THEN
        RAISE EXCEPTION 'A % cannot move from % to %', TG_TABLE_NAME, OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_move';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION core.guard_move() IS 'Allows only the moves of column state named as trigger arguments, each written from>to.';

-- Organisations (the tenants), people, who belongs where, and what they carry to prove it.
CREATE TABLE core.organisation (
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    name text NOT NULL,
    country text NOT NULL,
    time_zone text NOT NULL DEFAULT 'UTC',
    language text NOT NULL DEFAULT 'en',
    contact_email text,
    contact_phone text,
    resolver_origin text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT organisation_pkey PRIMARY KEY (id),
    CONSTRAINT organisation_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT organisation_country_code CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT organisation_language_known CHECK (language IN ('en', 'de', 'ja'))
);
COMMENT ON TABLE core.organisation IS 'A tenant: a maker, a caterer or a household. Its id leads every key of what it owns.';
COMMENT ON COLUMN core.organisation.time_zone IS 'IANA name; the zone in which its days begin and end.';
COMMENT ON COLUMN core.organisation.resolver_origin IS 'Origin of the GS1 Digital Links on its labels, such as https://id.example.org; NULL: the address the page was opened at.';

CREATE TABLE core.account (
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    email text NOT NULL,
    email_key text NOT NULL GENERATED ALWAYS AS (lower(email)) STORED,
    full_name text NOT NULL,
    language text NOT NULL DEFAULT 'en',
    password_hash text,
    deactivated_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_email_key_unique UNIQUE (email_key),
    CONSTRAINT account_email_shape CHECK (email ~ '^[^@\s]+@[^@\s]+$' AND length(email) <= 254),
    CONSTRAINT account_full_name_written CHECK (full_name ~ '\S' AND length(full_name) <= 200),
    CONSTRAINT account_language_known CHECK (language IN ('en', 'de', 'ja'))
);
COMMENT ON TABLE core.account IS 'A person who can sign in. Belongs to no tenant: one person may be a member of several.';
COMMENT ON COLUMN core.account.email_key IS 'Lower-case address: stored, because lower() under row-level security cannot use an index.';
COMMENT ON COLUMN core.account.password_hash IS 'Argon2id in PHC format; NULL: no password sign-in.';

CREATE TABLE core.membership (
    organisation_id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    ended_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT membership_pkey PRIMARY KEY (organisation_id, account_id),
    CONSTRAINT membership_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT membership_account_fkey FOREIGN KEY (account_id) REFERENCES core.account (id) ON DELETE RESTRICT,
    CONSTRAINT membership_role_known CHECK (role IN ('administrator', 'manager', 'staff'))
);
COMMENT ON TABLE core.membership IS 'A person works for an organisation, in one role. Ended, never deleted: the audit names the person.';
COMMENT ON CONSTRAINT membership_organisation_fkey ON core.membership IS 'RESTRICT: an organisation with members is in use; it is closed, not deleted.';
COMMENT ON CONSTRAINT membership_account_fkey ON core.membership IS 'RESTRICT: who could see what, and when, stays answerable; a person is deactivated or overwritten.';
CREATE INDEX membership_account_idx ON core.membership (account_id);

CREATE TABLE core.access_token (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    account_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT access_token_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT access_token_hash_unique UNIQUE (organisation_id, token_hash),
    CONSTRAINT access_token_membership_fkey FOREIGN KEY (organisation_id, account_id)
    REFERENCES core.membership (organisation_id, account_id) ON DELETE CASCADE,
    CONSTRAINT access_token_kind_known CHECK (kind IN ('browser', 'program')),
    CONSTRAINT access_token_hash_length CHECK (octet_length(token_hash) = 32)
);
COMMENT ON TABLE core.access_token IS 'A signed-in browser or a program: what it presents is stored as its SHA-256 only.';
COMMENT ON COLUMN core.access_token.token_hash IS 'SHA-256 of the token; the token itself has 256 random bits, so no salt is needed.';
COMMENT ON CONSTRAINT access_token_membership_fkey ON core.access_token IS 'CASCADE: a token is a pure part of the membership and must die with it.';
CREATE INDEX access_token_account_idx ON core.access_token (organisation_id, account_id);

CREATE TABLE core.sign_in_attempt (
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    email_key text NOT NULL,
    address text NOT NULL,
    is_success boolean NOT NULL,
    attempted_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE core.sign_in_attempt IS 'One try to sign in, kept to slow down guessing; belongs to no tenant because none is known yet.';
COMMENT ON COLUMN core.sign_in_attempt.address IS 'Network address of the caller.';
CREATE INDEX sign_in_attempt_email_idx ON core.sign_in_attempt (email_key, attempted_at);
CREATE INDEX sign_in_attempt_address_idx ON core.sign_in_attempt (address, attempted_at);

CREATE TABLE core.server_secret (
    name text NOT NULL,
    secret bytea NOT NULL,
    CONSTRAINT server_secret_pkey PRIMARY KEY (name),
    CONSTRAINT server_secret_length CHECK (octet_length(secret) >= 32)
);
COMMENT ON TABLE core.server_secret IS 'Keys with which the program signs cursors and form tokens; the same for every process.';
INSERT INTO core.server_secret (name, secret)
VALUES ('signing', uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- Every change, written in the transaction that makes it; and what makes a tenant table a tenant table.
CREATE TABLE core.audit_entry (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    account_id uuid,
    actor text NOT NULL,
    request_id text,
    action text NOT NULL,
    table_name text NOT NULL,
    row_id uuid,
    change jsonb NOT NULL,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT audit_entry_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT audit_entry_action_known CHECK (action IN ('insert', 'update', 'delete'))
);
COMMENT ON TABLE core.audit_entry IS 'One change of one row: who, when, which, and what (the new row, the changed columns with old and new, or the last row).';
COMMENT ON COLUMN core.audit_entry.actor IS 'Name of the person at that moment, or of the program; frozen here so that it outlives the account.';
COMMENT ON COLUMN core.audit_entry.row_id IS 'The row, or for a line without its own key the row it is a part of.';
COMMENT ON CONSTRAINT audit_entry_organisation_fkey ON core.audit_entry IS 'RESTRICT: an organisation that has history is closed, not deleted.';
CREATE INDEX audit_entry_row_idx ON core.audit_entry (organisation_id, row_id, id);
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON core.audit_entry
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER audit_entry_never_truncated BEFORE TRUNCATE ON core.audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();

CREATE FUNCTION core.write_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - 'password_hash' - 'token_hash' END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - 'password_hash' - 'token_hash' END;
    whole jsonb := coalesce(after, before);
    change jsonb := whole - 'organisation_id';
    tenant uuid := coalesce(
        whole ->> 'organisation_id',
        CASE WHEN TG_TABLE_NAME = 'organisation' THEN whole ->> 'id' END,
        nullif(current_setting('app.organisation_id', true), '')
    )::uuid;
BEGIN
    IF tenant IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(entry.key, jsonb_build_array(entry.value, after -> entry.key))
        INTO change
        FROM jsonb_each(before) AS entry
        WHERE entry.value IS DISTINCT FROM after -> entry.key AND entry.key <> 'version';
        IF change IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO core.audit_entry (organisation_id, account_id, actor, request_id, action, table_name, row_id, change)
    VALUES (
        tenant,
        nullif(current_setting('app.account_id', true), '')::uuid,
        coalesce(nullif(current_setting('app.actor', true), ''), session_user),
        nullif(current_setting('app.request_id', true), ''),
        lower(TG_OP),
        TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME,
        coalesce(
            whole ->> 'id', whole ->> 'process_id', whole ->> 'recall_case_id', whole ->> 'batch_id', whole ->> 'account_id'
        )::uuid,
        change
    );
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION core.write_audit() IS 'Writes the audit entry of one changed row; secrets are left out. A person changed outside every tenant leaves none.';

CREATE PROCEDURE core.guard_tenant_table(guarded regclass, is_audited boolean DEFAULT true)
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    bare_name text := (SELECT relname FROM pg_class WHERE oid = guarded);
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
        'CREATE POLICY %I ON %s TO provender_app, provender_owner '
        'USING (organisation_id = (SELECT nullif(current_setting(''app.organisation_id'', true), '''')::uuid))',
        bare_name || '_of_tenant', guarded
    );
    EXECUTE format('GRANT SELECT, INSERT ON %s TO provender_app', guarded);
    IF is_audited THEN
        EXECUTE format(
            'CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION core.write_audit()',
            bare_name || '_audited', guarded
        );
    END IF;
END
$$;
COMMENT ON PROCEDURE core.guard_tenant_table (regclass, boolean) IS 'Row-level security forced on the tenant, the least grants, and the audit of every change.';
REVOKE ALL ON PROCEDURE core.guard_tenant_table(regclass, boolean) FROM PUBLIC;

CALL core.guard_tenant_table('core.membership');
CALL core.guard_tenant_table('core.access_token', is_audited => false);
CALL core.guard_tenant_table('core.audit_entry', is_audited => false);
CREATE TRIGGER access_token_audited AFTER INSERT OR DELETE OR UPDATE OF revoked_at ON core.access_token
FOR EACH ROW EXECUTE FUNCTION core.write_audit();
REVOKE INSERT ON core.audit_entry FROM provender_app;
GRANT UPDATE (role, ended_at, version) ON core.membership TO provender_app;
GRANT UPDATE (revoked_at, last_seen_at) ON core.access_token TO provender_app;
CREATE TRIGGER membership_version BEFORE UPDATE ON core.membership FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER account_version BEFORE UPDATE ON core.account FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER organisation_version BEFORE UPDATE ON core.organisation FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER account_audited AFTER INSERT OR UPDATE OR DELETE ON core.account FOR EACH ROW EXECUTE FUNCTION core.write_audit();
CREATE TRIGGER organisation_audited AFTER INSERT OR UPDATE OR DELETE ON core.organisation FOR EACH ROW EXECUTE FUNCTION core.write_audit();
CREATE POLICY audit_entry_of_owner ON core.audit_entry FOR INSERT TO provender_owner WITH CHECK (true);

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

-- Requests that must not be done twice, and numbers that people read.
CREATE TABLE core.idempotent_request (
    organisation_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    route text NOT NULL,
    body_hash bytea NOT NULL,
    status integer,
    location text,
    response text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotent_request_pkey PRIMARY KEY (organisation_id, idempotency_key),
    CONSTRAINT idempotent_request_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE CASCADE,
    CONSTRAINT idempotent_request_key_length CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    CONSTRAINT idempotent_request_body_hash_length CHECK (octet_length(body_hash) = 32),
    CONSTRAINT idempotent_request_answer_is_whole CHECK (
        (status IS NULL) = (location IS NULL) AND (status IS NULL) = (response IS NULL)
    )
);
COMMENT ON TABLE core.idempotent_request IS 'The answer given to an Idempotency-Key, given again to the same request; another body with the same key is refused.';
COMMENT ON COLUMN core.idempotent_request.route IS 'Method and address, such as POST /api/trace/orders.';
COMMENT ON COLUMN core.idempotent_request.body_hash IS 'SHA-256 of the request body.';
COMMENT ON COLUMN core.idempotent_request.status IS 'HTTP status of the answer; NULL only inside the transaction that is working it out.';
COMMENT ON CONSTRAINT idempotent_request_organisation_fkey ON core.idempotent_request IS 'CASCADE: an answer kept for repetition is a pure part of its tenant, no evidence.';
CREATE INDEX idempotent_request_age_idx ON core.idempotent_request (organisation_id, created_at);
CALL core.guard_tenant_table('core.idempotent_request', is_audited => false);
GRANT UPDATE (status, location, response), DELETE ON core.idempotent_request TO provender_app;

CREATE TABLE core.counter (
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    last_value bigint NOT NULL DEFAULT 0,
    CONSTRAINT counter_pkey PRIMARY KEY (organisation_id, name),
    CONSTRAINT counter_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE CASCADE
);
COMMENT ON TABLE core.counter IS 'The last number given to an order, a complaint or a recall case, for people to read; never part of an address.';
COMMENT ON CONSTRAINT counter_organisation_fkey ON core.counter IS 'CASCADE: a counter is a pure part of its tenant.';
CALL core.guard_tenant_table('core.counter', is_audited => false);
GRANT UPDATE (last_value) ON core.counter TO provender_app;

CREATE FUNCTION core.next_number(wanted_organisation_id uuid, wanted_name text) RETURNS bigint
LANGUAGE sql VOLATILE
SET search_path = pg_catalog
AS $$
    INSERT INTO core.counter AS counter (organisation_id, name, last_value)
    VALUES (wanted_organisation_id, wanted_name, 1)
    ON CONFLICT ON CONSTRAINT counter_pkey DO UPDATE SET last_value = counter.last_value + 1
    RETURNING last_value
$$;
COMMENT ON FUNCTION core.next_number(uuid, text) IS 'The next number of a series of one tenant, without gaps: concurrent callers wait for each other.';

-- What the tables of trace share: how a printed code is compared, what a GTIN is.
CREATE SCHEMA trace;
COMMENT ON SCHEMA trace IS 'From farm to customer and back: batches, what happened to them, who got them, and recalls.';
GRANT USAGE ON SCHEMA trace TO provender_app, provender_portal;

CREATE FUNCTION trace.batch_code_key(code text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(nullif(regexp_replace(folded.code, '^((LOT|L)[.:#-]*)+', ''), ''), folded.code)
    FROM (
        SELECT
            translate(
                normalize(code, nfkc),
                U&'abcdefghijklmnopqrstuvwxyz'
                || U&'\00E0\00E1\00E2\00E3\00E4\00E5\00E6\00E7\00E8\00E9\00EA\00EB\00EC\00ED\00EE'
                || U&'\00EF\00F0\00F1\00F2\00F3\00F4\00F5\00F6\00F8\00F9\00FA\00FB\00FC\00FD\00FE'
                || U&'\2010\2012\2013\2014\2015\2212'
                || U&'\0009\000A\000B\000C\000D\001C\001D\001E\001F\0020\0085\00AD\1680\180E'
                || U&'\200B\200C\200D\200E\200F\2028\2029\2060\FEFF',
                U&'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
                || U&'\00C0\00C1\00C2\00C3\00C4\00C5\00C6\00C7\00C8\00C9\00CA\00CB\00CC\00CD\00CE'
                || U&'\00CF\00D0\00D1\00D2\00D3\00D4\00D5\00D6\00D8\00D9\00DA\00DB\00DC\00DD\00DE'
                || '------'
            ) COLLATE "C" AS code
    ) AS folded
);
COMMENT ON FUNCTION trace.batch_code_key(text) IS 'The form in which codes are searched: NFKC, capitals, no white space, one kind of hyphen, a leading L or LOT ignored (EU 2011/91 lets makers print it). The twin of provender.trace.batches.model.codes.';

CREATE FUNCTION trace.is_gtin(code text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog
AS $$
    SELECT code ~ '^([0-9]{8}|[0-9]{12,14})$' AND (
        SELECT sum(substr(lpad(code, 14, '0'), place, 1)::integer * CASE WHEN place % 2 = 1 THEN 3 ELSE 1 END) % 10 = 0
        FROM generate_series(1, 14) AS place
    )
$$;
COMMENT ON FUNCTION trace.is_gtin(text) IS 'GTIN-8, -12, -13 or -14 with a right check digit (GS1 General Specifications 7.9).';

-- Where things come from: farms and their plots, suppliers, and what kinds of material there are.
CREATE TABLE trace.farm (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    name text NOT NULL,
    producer_name text,
    country text NOT NULL,
    region text,
    note text,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT farm_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT farm_name_unique UNIQUE (organisation_id, name),
    CONSTRAINT farm_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT farm_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT farm_country_code CHECK (country ~ '^[A-Z]{2}$')
);
COMMENT ON TABLE trace.farm IS 'Who grew something: a farm, an estate or a cooperative that delivers harvests.';
COMMENT ON COLUMN trace.farm.archived_at IS 'Retired: no longer offered for new batches. Farms with batches are retired, never deleted.';
COMMENT ON CONSTRAINT farm_organisation_fkey ON trace.farm IS 'RESTRICT: a tenant with origins has records that must be kept (EU 178/2002).';

CREATE TABLE trace.plot (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    farm_id uuid NOT NULL,
    name text NOT NULL,
    geometry jsonb,
    area_ha numeric,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT plot_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT plot_farm_key UNIQUE (organisation_id, id, farm_id),
    CONSTRAINT plot_name_unique UNIQUE (organisation_id, farm_id, name),
    CONSTRAINT plot_farm_fkey FOREIGN KEY (organisation_id, farm_id) REFERENCES trace.farm (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT plot_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT plot_geometry_kind CHECK (geometry IS NULL OR geometry ->> 'type' IN ('Point', 'Polygon', 'MultiPolygon')),
    CONSTRAINT plot_area_positive CHECK (area_ha > 0)
);
COMMENT ON TABLE trace.plot IS 'A piece of land of one farm (EUDR: a polygon above 4 ha, else a point).';
COMMENT ON COLUMN trace.plot.geometry IS 'GeoJSON geometry, WGS 84, longitude before latitude.';
COMMENT ON COLUMN trace.plot.area_ha IS 'Declared area in hectares.';
COMMENT ON CONSTRAINT plot_farm_fkey ON trace.plot IS 'RESTRICT: the plot is the evidence of origin (EUDR); it goes before its farm, and only when unused.';

CREATE TABLE trace.supplier (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    name text NOT NULL,
    country text NOT NULL,
    email text,
    note text,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT supplier_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT supplier_name_unique UNIQUE (organisation_id, name),
    CONSTRAINT supplier_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT supplier_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT supplier_country_code CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT supplier_email_shape CHECK (email ~ '^[^@\s]+@[^@\s]+$')
);
COMMENT ON TABLE trace.supplier IS 'Who sold something to us: one step back (EU 178/2002 article 18).';
COMMENT ON CONSTRAINT supplier_organisation_fkey ON trace.supplier IS 'RESTRICT: a tenant with suppliers has records that must be kept.';

CREATE TABLE trace.material (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    base_unit text NOT NULL,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT material_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT material_code_unique UNIQUE (organisation_id, code),
    CONSTRAINT material_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT material_code_written CHECK (code ~ '\S' AND length(code) <= 40),
    CONSTRAINT material_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT material_kind_known CHECK (
        kind IN ('bean', 'sugar', 'butter', 'milk', 'packaging', 'intermediate', 'finished', 'rework', 'byproduct', 'other')
    ),
    CONSTRAINT material_base_unit_known CHECK (base_unit IN ('g', 'ml', 'piece'))
);
COMMENT ON TABLE trace.material IS 'What a batch consists of: beans, sugar, nibs, mass, a bar, foil.';
COMMENT ON COLUMN trace.material.base_unit IS 'The unit of every quantity of this material: g, ml or piece.';
COMMENT ON CONSTRAINT material_organisation_fkey ON trace.material IS 'RESTRICT: a tenant with materials has batches that must be kept.';

CREATE TABLE trace.product (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    material_id uuid NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    gtin text,
    net_mass_g numeric NOT NULL,
    units_per_case integer NOT NULL DEFAULT 1,
    shelf_life_days integer,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT product_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT product_material_key UNIQUE (organisation_id, id, material_id),
    CONSTRAINT product_material_unique UNIQUE (organisation_id, material_id),
    CONSTRAINT product_sku_unique UNIQUE (organisation_id, sku),
    CONSTRAINT product_gtin_unique UNIQUE (organisation_id, gtin),
    CONSTRAINT product_material_fkey FOREIGN KEY (organisation_id, material_id)
    REFERENCES trace.material (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT product_sku_written CHECK (sku ~ '\S' AND length(sku) <= 60),
    CONSTRAINT product_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT product_gtin_valid CHECK (trace.is_gtin(gtin)),
    CONSTRAINT product_net_mass_positive CHECK (net_mass_g > 0),
    CONSTRAINT product_units_per_case_positive CHECK (units_per_case > 0),
    CONSTRAINT product_shelf_life_positive CHECK (shelf_life_days > 0)
);
COMMENT ON TABLE trace.product IS 'What is sold: one finished material with a name, a number and a net content.';
COMMENT ON COLUMN trace.product.net_mass_g IS 'Net content of one piece in grams. A batch freezes it when it is made, so that a later change rewrites no history.';
COMMENT ON COLUMN trace.product.units_per_case IS 'Pieces in one shipping case.';
COMMENT ON COLUMN trace.product.shelf_life_days IS 'Days from making to best before; proposes the date, never sets it.';
COMMENT ON CONSTRAINT product_material_fkey ON trace.product IS 'RESTRICT: the product is its material; retire both instead.';

CREATE TRIGGER farm_version BEFORE UPDATE ON trace.farm FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER plot_version BEFORE UPDATE ON trace.plot FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER supplier_version BEFORE UPDATE ON trace.supplier FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER material_version BEFORE UPDATE ON trace.material FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER product_version BEFORE UPDATE ON trace.product FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER plot_frozen BEFORE UPDATE ON trace.plot FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of('farm_id');
CREATE TRIGGER material_frozen BEFORE UPDATE ON trace.material FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of('base_unit', 'kind');
CREATE TRIGGER product_frozen BEFORE UPDATE ON trace.product FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of('material_id');
CALL core.guard_tenant_table('trace.farm');
CALL core.guard_tenant_table('trace.plot');
CALL core.guard_tenant_table('trace.supplier');
CALL core.guard_tenant_table('trace.material');
CALL core.guard_tenant_table('trace.product');
GRANT UPDATE, DELETE ON trace.farm, trace.plot, trace.supplier, trace.material, trace.product TO provender_app;

-- Batches and what happened to them. Quantities sit on a process's inputs and outputs separately, never on
-- pairs, so that blends do not count twice. A wrong record is reversed, never edited: the reversal makes the
-- process void, and its lines know it because they carry the flag through a wider foreign key.
CREATE TABLE trace.batch (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    material_id uuid NOT NULL,
    product_id uuid,
    farm_id uuid,
    supplier_id uuid,
    code text NOT NULL,
    code_key text NOT NULL GENERATED ALWAYS AS (trace.batch_code_key(code)) STORED,
    made_on date NOT NULL,
    best_before_on date,
    unit_mass_g numeric,
    note text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT batch_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT batch_product_key UNIQUE (organisation_id, id, product_id),
    CONSTRAINT batch_code_unique UNIQUE (organisation_id, material_id, code),
    CONSTRAINT batch_material_fkey FOREIGN KEY (organisation_id, material_id)
    REFERENCES trace.material (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_product_fkey FOREIGN KEY (organisation_id, product_id, material_id)
    REFERENCES trace.product (organisation_id, id, material_id) ON DELETE RESTRICT,
    CONSTRAINT batch_farm_fkey FOREIGN KEY (organisation_id, farm_id) REFERENCES trace.farm (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_supplier_fkey FOREIGN KEY (organisation_id, supplier_id)
    REFERENCES trace.supplier (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_code_written CHECK (code ~ '\S' AND length(code) <= 60),
    CONSTRAINT batch_best_before_after_made CHECK (best_before_on >= made_on),
    CONSTRAINT batch_unit_mass_positive CHECK (unit_mass_g > 0)
);
COMMENT ON TABLE trace.batch IS 'An identified quantity of one material: a harvest, an intermediate, finished bars, packaging, rework. The node of every trace.';
COMMENT ON COLUMN trace.batch.code IS 'As printed. Unique per material only: codes of suppliers collide.';
COMMENT ON COLUMN trace.batch.made_on IS 'Day of making or receiving, where the organisation is; the order of the list.';
COMMENT ON COLUMN trace.batch.best_before_on IS 'Best-before date as printed; NULL: none is printed.';
COMMENT ON COLUMN trace.batch.product_id IS 'For finished batches: what they are sold as; the wider key proves that it is the product of this material.';
COMMENT ON COLUMN trace.batch.unit_mass_g IS 'Grams in one base unit, frozen at making: 1 for mass, the net content for pieces; NULL: not known, so never mixed into mass.';
COMMENT ON CONSTRAINT batch_material_fkey ON trace.batch IS 'RESTRICT: a batch without material means nothing; retire the material.';
COMMENT ON CONSTRAINT batch_product_fkey ON trace.batch IS 'RESTRICT: a recall walks from batch to product; retire the product.';
COMMENT ON CONSTRAINT batch_farm_fkey ON trace.batch IS 'RESTRICT: origin evidence (EUDR, EU 178/2002); retire the farm.';
COMMENT ON CONSTRAINT batch_supplier_fkey ON trace.batch IS 'RESTRICT: one-step-back evidence; retire the supplier.';
CREATE INDEX batch_list_idx ON trace.batch (organisation_id, made_on DESC, id DESC);
CREATE INDEX batch_code_key_idx ON trace.batch (organisation_id, code_key);
CREATE INDEX batch_best_before_idx ON trace.batch (organisation_id, best_before_on) WHERE best_before_on IS NOT NULL;
CREATE INDEX batch_material_idx ON trace.batch (organisation_id, material_id, made_on DESC, id DESC);
CREATE INDEX batch_product_idx ON trace.batch (organisation_id, product_id, made_on DESC, id DESC) WHERE product_id IS NOT NULL;
CREATE INDEX batch_farm_idx ON trace.batch (organisation_id, farm_id, made_on DESC, id DESC) WHERE farm_id IS NOT NULL;
CREATE INDEX batch_supplier_idx ON trace.batch (organisation_id, supplier_id) WHERE supplier_id IS NOT NULL;

CREATE TABLE trace.batch_origin (
    organisation_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    plot_id uuid NOT NULL,
    farm_id uuid NOT NULL,
    quantity numeric,
    CONSTRAINT batch_origin_pkey PRIMARY KEY (organisation_id, batch_id, plot_id),
    CONSTRAINT batch_origin_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT batch_origin_plot_fkey FOREIGN KEY (organisation_id, plot_id, farm_id)
    REFERENCES trace.plot (organisation_id, id, farm_id) ON DELETE RESTRICT,
    CONSTRAINT batch_origin_quantity_positive CHECK (quantity > 0)
);
COMMENT ON TABLE trace.batch_origin IS 'A batch holds harvest of a plot; one batch may come from many plots.';
COMMENT ON COLUMN trace.batch_origin.farm_id IS 'Farm of the plot, carried so that a trace ends one join earlier; the wider key keeps it true.';
COMMENT ON COLUMN trace.batch_origin.quantity IS 'In the base unit of the batch''s material; NULL: not known.';
COMMENT ON CONSTRAINT batch_origin_batch_fkey ON trace.batch_origin IS 'RESTRICT: origin evidence stays with its batch.';
COMMENT ON CONSTRAINT batch_origin_plot_fkey ON trace.batch_origin IS 'RESTRICT: a plot with harvests is evidence; retire it.';
CREATE INDEX batch_origin_plot_idx ON trace.batch_origin (organisation_id, plot_id, batch_id);
CREATE INDEX batch_origin_farm_idx ON trace.batch_origin (organisation_id, farm_id, batch_id);

CREATE TABLE trace.process (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    kind text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    equipment text,
    note text,
    gain_reason text,
    reverses_process_id uuid,
    is_void boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by_account_id uuid,
    recorded_by_name text NOT NULL,
    CONSTRAINT process_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT process_line_key UNIQUE (organisation_id, id, started_at, finished_at, is_void),
    CONSTRAINT process_reversed_once UNIQUE (organisation_id, reverses_process_id),
    CONSTRAINT process_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT process_reverses_fkey FOREIGN KEY (organisation_id, reverses_process_id)
    REFERENCES trace.process (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT process_recorded_by_fkey FOREIGN KEY (organisation_id, recorded_by_account_id)
    REFERENCES core.membership (organisation_id, account_id) ON DELETE SET NULL (recorded_by_account_id),
    CONSTRAINT process_kind_known CHECK (
        kind IN (
            'receive', 'roast', 'winnow', 'grind', 'conche', 'mould', 'pack', 'split', 'merge', 'rework', 'scrap', 'adjust', 'count',
            'reversal'
        )
    ),
    CONSTRAINT process_finished_after_started CHECK (finished_at >= started_at),
    CONSTRAINT process_reversal_names_process CHECK ((kind = 'reversal') = (reverses_process_id IS NOT NULL)),
    CONSTRAINT process_gain_reason_written CHECK (gain_reason ~ '\S')
);
COMMENT ON TABLE trace.process IS 'Something that happened to batches. Append-only: a mistake is reversed by another process.';
COMMENT ON COLUMN trace.process.recorded_at IS 'When it was entered; may be days after it happened.';
COMMENT ON COLUMN trace.process.gain_reason IS 'Why more came out than went in; without it a gain is refused.';
COMMENT ON COLUMN trace.process.is_void IS 'Set by its reversal; void processes count in no balance and no trace, and stay visible.';
COMMENT ON COLUMN trace.process.recorded_by_name IS 'Name at the time of recording; outlives the account.';
COMMENT ON CONSTRAINT process_organisation_fkey ON trace.process IS 'RESTRICT: production records must be kept.';
COMMENT ON CONSTRAINT process_reverses_fkey ON trace.process IS 'RESTRICT: a reversal without its original would explain nothing.';
COMMENT ON CONSTRAINT process_recorded_by_fkey ON trace.process IS 'SET NULL: staff assignment is no evidence of product flow, and the name stays frozen beside it.';
CREATE INDEX process_list_idx ON trace.process (organisation_id, finished_at DESC, id DESC);
CREATE INDEX process_equipment_idx ON trace.process (organisation_id, equipment, started_at) WHERE equipment IS NOT NULL;
CREATE INDEX process_recorded_by_idx ON trace.process (organisation_id, recorded_by_account_id)
WHERE recorded_by_account_id IS NOT NULL;

CREATE TABLE trace.process_input (
    organisation_id uuid NOT NULL,
    process_id uuid NOT NULL,
    line_no integer NOT NULL,
    batch_id uuid NOT NULL,
    quantity numeric NOT NULL,
    entered_quantity numeric NOT NULL,
    entered_unit text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    is_void boolean NOT NULL DEFAULT false,
    CONSTRAINT process_input_pkey PRIMARY KEY (organisation_id, process_id, line_no),
    CONSTRAINT process_input_process_fkey FOREIGN KEY (organisation_id, process_id, started_at, finished_at, is_void)
    REFERENCES trace.process (organisation_id, id, started_at, finished_at, is_void) ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT process_input_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT process_input_quantity_positive CHECK (quantity > 0),
    CONSTRAINT process_input_entered_positive CHECK (entered_quantity > 0)
);
COMMENT ON TABLE trace.process_input IS 'What a process took out of a batch.';
COMMENT ON COLUMN trace.process_input.quantity IS 'In the base unit of the batch''s material, exact.';
COMMENT ON COLUMN trace.process_input.entered_quantity IS 'As entered, in entered_unit.';
COMMENT ON CONSTRAINT process_input_process_fkey ON trace.process_input IS 'RESTRICT on delete: losing one edge silently shortens a recall. CASCADE on update carries the times and the void flag, so the copies cannot drift.';
COMMENT ON CONSTRAINT process_input_batch_fkey ON trace.process_input IS 'RESTRICT: losing one edge silently shortens a recall.';
CREATE INDEX process_input_batch_idx ON trace.process_input (organisation_id, batch_id, process_id)
INCLUDE (quantity, finished_at) WHERE NOT is_void;
CREATE INDEX process_input_batch_all_idx ON trace.process_input (organisation_id, batch_id);

CREATE TABLE trace.process_output (
    organisation_id uuid NOT NULL,
    process_id uuid NOT NULL,
    line_no integer NOT NULL,
    batch_id uuid NOT NULL,
    role text NOT NULL DEFAULT 'good',
    quantity numeric NOT NULL,
    entered_quantity numeric NOT NULL,
    entered_unit text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    is_void boolean NOT NULL DEFAULT false,
    CONSTRAINT process_output_pkey PRIMARY KEY (organisation_id, process_id, line_no),
    CONSTRAINT process_output_process_fkey FOREIGN KEY (organisation_id, process_id, started_at, finished_at, is_void)
    REFERENCES trace.process (organisation_id, id, started_at, finished_at, is_void) ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT process_output_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT process_output_role_known CHECK (role IN ('good', 'byproduct', 'rework', 'scrap', 'sample', 'retained')),
    CONSTRAINT process_output_quantity_positive CHECK (quantity > 0),
    CONSTRAINT process_output_entered_positive CHECK (entered_quantity > 0)
);
COMMENT ON TABLE trace.process_output IS 'What a process put into a batch.';
COMMENT ON COLUMN trace.process_output.quantity IS 'In the base unit of the batch''s material, exact.';
COMMENT ON COLUMN trace.process_output.entered_quantity IS 'As entered, in entered_unit.';
COMMENT ON COLUMN trace.process_output.role IS 'Good, by-product, rework, scrap, sample or retained sample. Scrap leaves the stock at once.';
COMMENT ON CONSTRAINT process_output_process_fkey ON trace.process_output IS 'RESTRICT on delete: losing one edge silently shortens a recall. CASCADE on update carries the times and the void flag, so the copies cannot drift.';
COMMENT ON CONSTRAINT process_output_batch_fkey ON trace.process_output IS 'RESTRICT: losing one edge silently shortens a recall.';
CREATE INDEX process_output_process_idx ON trace.process_output (organisation_id, process_id, batch_id)
INCLUDE (quantity, started_at) WHERE NOT is_void;
CREATE INDEX process_output_batch_idx ON trace.process_output (organisation_id, batch_id, process_id)
INCLUDE (quantity, role, started_at) WHERE NOT is_void;
CREATE INDEX process_output_batch_all_idx ON trace.process_output (organisation_id, batch_id);
CREATE INDEX process_input_process_idx ON trace.process_input (organisation_id, process_id, batch_id)
INCLUDE (quantity, finished_at) WHERE NOT is_void;

CREATE TABLE trace.hold (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    batch_id uuid NOT NULL,
    recall_case_id uuid,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'active',
    placed_at timestamptz NOT NULL DEFAULT now(),
    placed_by_name text NOT NULL,
    released_at timestamptz,
    released_by_name text,
    release_reason text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT hold_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT hold_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT hold_state_known CHECK (state IN ('active', 'released')),
    CONSTRAINT hold_reason_written CHECK (reason ~ '\S'),
    CONSTRAINT hold_release_is_signed CHECK (
        (state = 'released') = (released_at IS NOT NULL AND released_by_name IS NOT NULL AND release_reason ~ '\S')
    )
);
COMMENT ON TABLE trace.hold IS 'A batch must not be allocated, shipped or used until a person releases it with a reason.';
COMMENT ON CONSTRAINT hold_batch_fkey ON trace.hold IS 'RESTRICT: a hold is a legal record.';
CREATE INDEX hold_batch_idx ON trace.hold (organisation_id, batch_id);
CREATE INDEX hold_active_idx ON trace.hold (organisation_id, batch_id) WHERE state = 'active';
CREATE INDEX hold_list_idx ON trace.hold (organisation_id, placed_at DESC, id DESC);
CREATE INDEX hold_recall_case_idx ON trace.hold (organisation_id, recall_case_id) WHERE recall_case_id IS NOT NULL;

-- Who buys, what they ordered, what was set aside for them. Lines carry the keys of order and customer,
-- tied to their source by wider foreign keys: a trace reads one row, and the copy cannot drift.
CREATE TABLE trace.customer (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    name text NOT NULL,
    country text NOT NULL,
    language text NOT NULL DEFAULT 'en',
    email text,
    phone text,
    note text,
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customer_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT customer_name_unique UNIQUE (organisation_id, name),
    CONSTRAINT customer_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT customer_name_written CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT customer_country_code CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT customer_language_known CHECK (language IN ('en', 'de', 'ja')),
    CONSTRAINT customer_email_shape CHECK (email ~ '^[^@\s]+@[^@\s]+$')
);
COMMENT ON TABLE trace.customer IS 'A shop or a company that buys: one step forward (EU 178/2002 article 18).';
COMMENT ON COLUMN trace.customer.language IS 'In which notices are written.';
COMMENT ON CONSTRAINT customer_organisation_fkey ON trace.customer IS 'RESTRICT: a tenant with customers has records that must be kept.';

CREATE TABLE trace.customer_site (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    customer_id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    country text NOT NULL,
    time_zone text NOT NULL DEFAULT 'UTC',
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customer_site_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT customer_site_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT customer_site_name_unique UNIQUE (organisation_id, customer_id, name),
    CONSTRAINT customer_site_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT customer_site_name_written CHECK (name ~ '\S'),
    CONSTRAINT customer_site_country_code CHECK (country ~ '^[A-Z]{2}$')
);
COMMENT ON TABLE trace.customer_site IS 'Where a customer receives goods.';
COMMENT ON CONSTRAINT customer_site_customer_fkey ON trace.customer_site IS 'RESTRICT: a place that received goods is part of the trace.';

CREATE TABLE trace.sales_order (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    customer_id uuid NOT NULL,
    customer_site_id uuid,
    customer_reference text,
    state text NOT NULL DEFAULT 'draft',
    currency text NOT NULL DEFAULT 'EUR',
    ordered_at timestamptz NOT NULL DEFAULT now(),
    expected_on date,
    delay_reason text,
    note text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT sales_order_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT sales_order_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT sales_order_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT sales_order_reference_unique UNIQUE (organisation_id, customer_id, customer_reference),
    CONSTRAINT sales_order_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT sales_order_site_fkey FOREIGN KEY (organisation_id, customer_site_id, customer_id)
    REFERENCES trace.customer_site (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT sales_order_state_known CHECK (
        state IN ('draft', 'confirmed', 'in_production', 'packed', 'shipped', 'delivered', 'cancelled')
    ),
    CONSTRAINT sales_order_currency_code CHECK (currency ~ '^[A-Z]{3}$')
);
COMMENT ON TABLE trace.sales_order IS 'What one customer ordered.';
COMMENT ON COLUMN trace.sales_order.expected_on IS 'Day on which the customer expects the goods; NULL: none was agreed.';
COMMENT ON COLUMN trace.sales_order.customer_reference IS 'The customer''s own purchase order number; unique per customer, so that one customer learns nothing of another.';
COMMENT ON CONSTRAINT sales_order_customer_fkey ON trace.sales_order IS 'RESTRICT: whoever was supplied stays known; retire the customer.';
COMMENT ON CONSTRAINT sales_order_site_fkey ON trace.sales_order IS 'RESTRICT: where goods went is part of the trace; the wider key refuses another customer''s site.';
CREATE INDEX sales_order_list_idx ON trace.sales_order (organisation_id, ordered_at DESC, id DESC);
CREATE INDEX sales_order_customer_idx ON trace.sales_order (organisation_id, customer_id, ordered_at DESC, id DESC);
CREATE INDEX sales_order_site_idx ON trace.sales_order (organisation_id, customer_site_id) WHERE customer_site_id IS NOT NULL;
CREATE INDEX sales_order_state_idx ON trace.sales_order (organisation_id, state, ordered_at DESC, id DESC);

CREATE TABLE trace.order_line (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    line_no integer NOT NULL,
    quantity numeric NOT NULL,
    unit_price numeric NOT NULL DEFAULT 0,
    CONSTRAINT order_line_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT order_line_keys UNIQUE (organisation_id, id, order_id, customer_id, product_id),
    CONSTRAINT order_line_number_unique UNIQUE (organisation_id, order_id, line_no),
    CONSTRAINT order_line_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE CASCADE,
    CONSTRAINT order_line_product_fkey FOREIGN KEY (organisation_id, product_id)
    REFERENCES trace.product (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT order_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT order_line_quantity_whole CHECK (quantity = trunc(quantity)),
    CONSTRAINT order_line_price_not_negative CHECK (unit_price >= 0)
);
COMMENT ON TABLE trace.order_line IS 'So many pieces of one product in an order.';
COMMENT ON COLUMN trace.order_line.quantity IS 'Pieces ordered.';
COMMENT ON COLUMN trace.order_line.unit_price IS 'Per piece, in the order''s currency.';
COMMENT ON CONSTRAINT order_line_order_fkey ON trace.order_line IS 'CASCADE: a line is a pure part of its order, and only a draft can be deleted (trigger sales_order_draft_only).';
COMMENT ON CONSTRAINT order_line_product_fkey ON trace.order_line IS 'RESTRICT: what was ordered stays known; retire the product.';
CREATE INDEX order_line_product_idx ON trace.order_line (organisation_id, product_id);

CREATE TABLE trace.allocation (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    order_line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    quantity numeric NOT NULL,
    state text NOT NULL DEFAULT 'planned',
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT allocation_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT allocation_line_fkey FOREIGN KEY (organisation_id, order_line_id, order_id, customer_id, product_id)
    REFERENCES trace.order_line (organisation_id, id, order_id, customer_id, product_id) ON DELETE RESTRICT,
    CONSTRAINT allocation_batch_fkey FOREIGN KEY (organisation_id, batch_id, product_id)
    REFERENCES trace.batch (organisation_id, id, product_id) ON DELETE RESTRICT,
    CONSTRAINT allocation_quantity_positive CHECK (quantity > 0),
    CONSTRAINT allocation_state_known CHECK (state IN ('planned', 'picked', 'released'))
);
COMMENT ON TABLE trace.allocation IS 'Pieces of a batch set aside for an order line. Released: given back, or shipped and now a shipment line.';
COMMENT ON COLUMN trace.allocation.quantity IS 'Pieces.';
COMMENT ON CONSTRAINT allocation_line_fkey ON trace.allocation IS 'RESTRICT: an order with goods set aside must give them back before its lines go; the wider key proves order, customer and product.';
COMMENT ON CONSTRAINT allocation_batch_fkey ON trace.allocation IS 'RESTRICT: a recall walks this edge; the wider key refuses a batch of another product.';
CREATE INDEX allocation_batch_idx ON trace.allocation (organisation_id, batch_id, order_id) INCLUDE (customer_id, quantity, state);
CREATE INDEX allocation_line_idx ON trace.allocation (organisation_id, order_line_id);
CREATE INDEX allocation_order_idx ON trace.allocation (organisation_id, order_id);

CREATE TABLE trace.order_status_log (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    from_state text,
    to_state text NOT NULL,
    reason text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by_name text NOT NULL,
    CONSTRAINT order_status_log_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT order_status_log_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE CASCADE
);
COMMENT ON TABLE trace.order_status_log IS 'Each state an order was in, from when. Written by one place: the trigger on sales_order.';
COMMENT ON COLUMN trace.order_status_log.reason IS 'Why, as the person who moved the order said it; NULL when nobody did. Internal, never shown to the customer.';
COMMENT ON COLUMN trace.order_status_log.changed_at IS 'The clock, not the begin of the transaction: an order confirmed when it is entered has two states in one transaction.';
COMMENT ON CONSTRAINT order_status_log_order_fkey ON trace.order_status_log IS 'CASCADE: only a draft can be deleted, and its log says no more than that it was begun.';
CREATE INDEX order_status_log_order_idx ON trace.order_status_log (organisation_id, order_id, id);

-- What left the house, to whom, and what came back.
CREATE TABLE trace.shipment (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    carrier text,
    tracking_number text,
    packed_at timestamptz NOT NULL DEFAULT now(),
    shipped_at timestamptz,
    delivered_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT shipment_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT shipment_order_key UNIQUE (organisation_id, id, order_id, customer_id),
    CONSTRAINT shipment_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT shipment_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_delivered_after_shipped CHECK (delivered_at >= shipped_at),
    CONSTRAINT shipment_delivered_was_shipped CHECK (delivered_at IS NULL OR shipped_at IS NOT NULL)
);
COMMENT ON TABLE trace.shipment IS 'Goods of one order packed together. Until shipped_at is set they are still in the building.';
COMMENT ON CONSTRAINT shipment_order_fkey ON trace.shipment IS 'RESTRICT: what left for whom is the edge every recall walks.';
CREATE INDEX shipment_order_idx ON trace.shipment (organisation_id, order_id);
CREATE INDEX shipment_list_idx ON trace.shipment (organisation_id, packed_at DESC, id DESC);

CREATE TABLE trace.shipment_line (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    shipment_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    batch_id uuid,
    batch_unknown_reason text,
    quantity numeric NOT NULL,
    CONSTRAINT shipment_line_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT shipment_line_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT shipment_line_shipment_fkey FOREIGN KEY (organisation_id, shipment_id, order_id, customer_id)
    REFERENCES trace.shipment (organisation_id, id, order_id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_line_order_line_fkey FOREIGN KEY (organisation_id, order_line_id, order_id, customer_id, product_id)
    REFERENCES trace.order_line (organisation_id, id, order_id, customer_id, product_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_line_batch_fkey FOREIGN KEY (organisation_id, batch_id, product_id)
    REFERENCES trace.batch (organisation_id, id, product_id) ON DELETE RESTRICT,
    CONSTRAINT shipment_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT shipment_line_unknown_batch_says_why CHECK ((batch_id IS NULL) = (batch_unknown_reason IS NOT NULL)),
    CONSTRAINT shipment_line_reason_written CHECK (batch_unknown_reason ~ '\S')
);
COMMENT ON TABLE trace.shipment_line IS 'Pieces of one batch that left for one order line. The batch may be unknown, and then says why: it widens every recall of that product.';
COMMENT ON COLUMN trace.shipment_line.quantity IS 'Pieces.';
COMMENT ON CONSTRAINT shipment_line_shipment_fkey ON trace.shipment_line IS 'RESTRICT: the edge every recall walks; the wider key proves order and customer.';
COMMENT ON CONSTRAINT shipment_line_order_line_fkey ON trace.shipment_line IS 'RESTRICT: shipped goods keep their order; the wider key refuses a line of another order or product.';
COMMENT ON CONSTRAINT shipment_line_batch_fkey ON trace.shipment_line IS 'RESTRICT: the edge every recall walks; the wider key refuses a batch of another product.';
CREATE INDEX shipment_line_batch_idx ON trace.shipment_line (organisation_id, batch_id, order_id)
INCLUDE (customer_id, quantity, shipment_id);
CREATE INDEX shipment_line_order_idx ON trace.shipment_line (organisation_id, order_id) INCLUDE (order_line_id, batch_id);
CREATE INDEX shipment_line_order_line_idx ON trace.shipment_line (organisation_id, order_line_id) INCLUDE (batch_id, quantity);
CREATE INDEX shipment_line_shipment_idx ON trace.shipment_line (organisation_id, shipment_id);
CREATE INDEX shipment_line_unknown_idx ON trace.shipment_line (organisation_id, product_id) WHERE batch_id IS NULL;
ALTER TABLE trace.shipment_line SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE trace.process_input SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE trace.process_output SET (autovacuum_vacuum_insert_scale_factor = 0.02);

CREATE TABLE trace.return_receipt (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    customer_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    note text,
    recorded_by_name text NOT NULL,
    CONSTRAINT return_receipt_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT return_receipt_customer_key UNIQUE (organisation_id, id, customer_id),
    CONSTRAINT return_receipt_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT return_receipt_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT
);
COMMENT ON TABLE trace.return_receipt IS 'Goods a customer sent back, as received.';
COMMENT ON CONSTRAINT return_receipt_customer_fkey ON trace.return_receipt IS 'RESTRICT: who returned what is evidence.';
CREATE INDEX return_receipt_customer_idx ON trace.return_receipt (organisation_id, customer_id);
CREATE INDEX return_receipt_list_idx ON trace.return_receipt (organisation_id, received_at DESC, id DESC);

CREATE TABLE trace.return_line (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    return_receipt_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    shipment_line_id uuid NOT NULL,
    batch_id uuid,
    quantity numeric NOT NULL,
    disposition text NOT NULL,
    rework_process_id uuid,
    CONSTRAINT return_line_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT return_line_receipt_fkey FOREIGN KEY (organisation_id, return_receipt_id, customer_id)
    REFERENCES trace.return_receipt (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT return_line_shipment_line_fkey FOREIGN KEY (organisation_id, shipment_line_id, customer_id)
    REFERENCES trace.shipment_line (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT return_line_batch_fkey FOREIGN KEY (organisation_id, batch_id)
    REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT return_line_process_fkey FOREIGN KEY (organisation_id, rework_process_id)
    REFERENCES trace.process (organisation_id, id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT return_line_quantity_positive CHECK (quantity > 0),
    CONSTRAINT return_line_disposition_known CHECK (disposition IN ('restock', 'rework', 'destroy')),
    CONSTRAINT return_line_rework_names_process CHECK (rework_process_id IS NULL OR disposition = 'rework'),
    CONSTRAINT return_line_unknown_batch_destroyed CHECK (batch_id IS NOT NULL OR disposition = 'destroy')
);
COMMENT ON TABLE trace.return_line IS 'Pieces of one shipment line that came back; the sale stays on record.';
COMMENT ON COLUMN trace.return_line.quantity IS 'Pieces.';
COMMENT ON COLUMN trace.return_line.batch_id IS 'Batch of the shipment line, filled by trigger; NULL when that is unknown, and then the goods may only be destroyed.';
COMMENT ON CONSTRAINT return_line_receipt_fkey ON trace.return_line IS 'RESTRICT: evidence; the wider key proves the customer.';
COMMENT ON CONSTRAINT return_line_shipment_line_fkey ON trace.return_line IS 'RESTRICT: keeps the original sale; the wider key refuses goods of another customer.';
COMMENT ON CONSTRAINT return_line_batch_fkey ON trace.return_line IS 'RESTRICT: stock came back into this batch.';
COMMENT ON CONSTRAINT return_line_process_fkey ON trace.return_line IS 'RESTRICT: the rework that took the returned pieces in. Deferred: the pieces come back with this line, and only then can the process draw them.';
CREATE INDEX return_line_receipt_idx ON trace.return_line (organisation_id, return_receipt_id);
CREATE INDEX return_line_shipment_line_idx ON trace.return_line (organisation_id, shipment_line_id);
CREATE INDEX return_line_batch_idx ON trace.return_line (organisation_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX return_line_process_idx ON trace.return_line (organisation_id, rework_process_id) WHERE rework_process_id IS NOT NULL;

-- Complaints, and the frozen answer to the question a complaint asks.
CREATE TABLE trace.complaint (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    customer_id uuid,
    product_id uuid,
    state text NOT NULL DEFAULT 'open',
    received_at timestamptz NOT NULL DEFAULT now(),
    description text NOT NULL,
    reported_code text,
    reported_best_before_on date,
    batch_id uuid,
    closed_reason text,
    recorded_by_name text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT complaint_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT complaint_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT complaint_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT complaint_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT complaint_product_fkey FOREIGN KEY (organisation_id, product_id)
    REFERENCES trace.product (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT complaint_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT complaint_description_written CHECK (description ~ '\S'),
    CONSTRAINT complaint_state_known CHECK (state IN ('open', 'identified', 'closed')),
    CONSTRAINT complaint_identified_names_batch CHECK (state <> 'identified' OR batch_id IS NOT NULL),
    CONSTRAINT complaint_closed_says_why CHECK (state <> 'closed' OR closed_reason ~ '\S')
);
COMMENT ON TABLE trace.complaint IS 'What a customer reported, in the customer''s words, and the batch a person identified.';
COMMENT ON COLUMN trace.complaint.reported_code IS 'As read off the pack, with whatever typing errors.';
COMMENT ON COLUMN trace.complaint.reported_best_before_on IS 'Best-before date as read off the pack.';
COMMENT ON CONSTRAINT complaint_organisation_fkey ON trace.complaint IS 'RESTRICT: complaints are records that must be kept.';
COMMENT ON CONSTRAINT complaint_customer_fkey ON trace.complaint IS 'RESTRICT: who complained is evidence.';
COMMENT ON CONSTRAINT complaint_product_fkey ON trace.complaint IS 'RESTRICT: retire the product.';
COMMENT ON CONSTRAINT complaint_batch_fkey ON trace.complaint IS 'RESTRICT: the finding is evidence.';
CREATE INDEX complaint_list_idx ON trace.complaint (organisation_id, received_at DESC, id DESC);
CREATE INDEX complaint_customer_idx ON trace.complaint (organisation_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX complaint_product_idx ON trace.complaint (organisation_id, product_id) WHERE product_id IS NOT NULL;
CREATE INDEX complaint_batch_idx ON trace.complaint (organisation_id, batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE trace.recall_case (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    number text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'open',
    opened_at timestamptz NOT NULL DEFAULT now(),
    opened_by_name text NOT NULL,
    finished_at timestamptz,
    finished_by_name text,
    conclusion text,
    watermark text NOT NULL,
    result_hash text NOT NULL,
    duration_ms integer NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT recall_case_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT recall_case_number_unique UNIQUE (organisation_id, number),
    CONSTRAINT recall_case_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES core.organisation (id) ON DELETE RESTRICT,
    CONSTRAINT recall_case_kind_known CHECK (kind IN ('real', 'withdrawal', 'mock')),
    CONSTRAINT recall_case_state_known CHECK (state IN ('open', 'finished')),
    CONSTRAINT recall_case_title_written CHECK (title ~ '\S' AND length(title) <= 200),
    CONSTRAINT recall_case_reason_written CHECK (reason ~ '\S'),
    CONSTRAINT recall_case_finish_is_signed CHECK (
        (state = 'finished') = (finished_at IS NOT NULL AND finished_by_name IS NOT NULL AND conclusion ~ '\S')
    )
);
COMMENT ON TABLE trace.recall_case IS 'The frozen answer to a question asked at a moment: roots, items, notices. A mock case is the same, marked as an exercise.';
COMMENT ON COLUMN trace.recall_case.watermark IS 'State of the movements when the answer was computed; another value later means that the case is stale.';
COMMENT ON COLUMN trace.recall_case.result_hash IS 'SHA-256 of the canonical result, so that equal answers can be told.';
COMMENT ON COLUMN trace.recall_case.duration_ms IS 'Milliseconds from the question to the stored answer.';
COMMENT ON CONSTRAINT recall_case_organisation_fkey ON trace.recall_case IS 'RESTRICT: recalls are legal records.';
CREATE INDEX recall_case_list_idx ON trace.recall_case (organisation_id, opened_at DESC, id DESC);

ALTER TABLE trace.hold ADD CONSTRAINT hold_recall_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT hold_recall_case_fkey ON trace.hold
IS 'RESTRICT: why the batch was held is part of the legal record. Deferred: a case holds first and looks after.';

CREATE TABLE trace.recall_complaint (
    organisation_id uuid NOT NULL,
    recall_case_id uuid NOT NULL,
    complaint_id uuid NOT NULL,
    CONSTRAINT recall_complaint_pkey PRIMARY KEY (organisation_id, recall_case_id, complaint_id),
    CONSTRAINT recall_complaint_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_complaint_complaint_fkey FOREIGN KEY (organisation_id, complaint_id)
    REFERENCES trace.complaint (organisation_id, id) ON DELETE RESTRICT
);
COMMENT ON TABLE trace.recall_complaint IS 'The complaints that a case answers.';
COMMENT ON CONSTRAINT recall_complaint_case_fkey ON trace.recall_complaint IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_complaint_complaint_fkey ON trace.recall_complaint IS 'RESTRICT: legal record.';
CREATE INDEX recall_complaint_complaint_idx ON trace.recall_complaint (organisation_id, complaint_id);

CREATE TABLE trace.recall_root (
    organisation_id uuid NOT NULL,
    recall_case_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    code_match text NOT NULL DEFAULT 'exact',
    base_unit text NOT NULL,
    received numeric NOT NULL,
    used numeric NOT NULL,
    on_hand numeric NOT NULL,
    sold numeric NOT NULL,
    returned numeric NOT NULL,
    scrapped numeric NOT NULL,
    unaccounted numeric NOT NULL,
    explained numeric,
    found numeric NOT NULL,
    lost numeric NOT NULL,
    is_exact boolean NOT NULL,
    is_over boolean NOT NULL,
    evidence jsonb NOT NULL,
    findings jsonb NOT NULL,
    CONSTRAINT recall_root_pkey PRIMARY KEY (organisation_id, recall_case_id, batch_id),
    CONSTRAINT recall_root_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_root_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_root_code_match_known CHECK (code_match IN ('exact', 'normalised'))
);
COMMENT ON TABLE trace.recall_root IS 'A suspect batch of a case, with its mass balance: received = used + on hand + sold + returned + scrapped + unaccounted.';
COMMENT ON COLUMN trace.recall_root.received IS 'All that ever entered the batch, in base_unit, as are the other figures of the balance.';
COMMENT ON COLUMN trace.recall_root.used IS 'Taken by processes that made something of it, in base_unit.';
COMMENT ON COLUMN trace.recall_root.on_hand IS 'Still in the building, in base_unit.';
COMMENT ON COLUMN trace.recall_root.sold IS 'Shipped as it is, in base_unit.';
COMMENT ON COLUMN trace.recall_root.scrapped IS 'Thrown away or written off, in base_unit.';
COMMENT ON COLUMN trace.recall_root.returned IS 'Came back and was not put into stock again; sold is what customers still have.';
COMMENT ON COLUMN trace.recall_root.unaccounted IS 'The remainder; negative when more was found than received. Never clamped.';
COMMENT ON COLUMN trace.recall_root.explained IS 'Explained part of what was received, 1 is all of it; NULL: nothing was received.';
COMMENT ON COLUMN trace.recall_root.found IS 'Found again in everything made from it, by exposure shares, in base_unit.';
COMMENT ON COLUMN trace.recall_root.lost IS 'Lost in processes (moisture, dust), by exposure shares, in base_unit.';
COMMENT ON COLUMN trace.recall_root.is_over IS 'More was explained, or found and lost, than received: a fault in the records, shown in red.';
COMMENT ON COLUMN trace.recall_root.evidence IS 'For each figure the rows behind it, as [table, id].';
COMMENT ON COLUMN trace.recall_root.findings IS 'Per batch downstream: share, on hand, sold, returned, scrapped, unaccounted, found, in base_unit.';
COMMENT ON CONSTRAINT recall_root_case_fkey ON trace.recall_root IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_root_batch_fkey ON trace.recall_root IS 'RESTRICT: legal record.';
CREATE INDEX recall_root_batch_idx ON trace.recall_root (organisation_id, batch_id);

CREATE TABLE trace.recall_item (
    organisation_id uuid NOT NULL,
    recall_case_id uuid NOT NULL,
    line_no integer NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    class text NOT NULL,
    certainty text NOT NULL,
    reasons text[] NOT NULL,
    depth integer NOT NULL,
    batch_id uuid,
    order_id uuid,
    customer_id uuid,
    quantity numeric,
    returned_quantity numeric,
    unit text,
    mass_g numeric,
    share numeric,
    share_fraction text,
    is_notified boolean NOT NULL,
    action text NOT NULL,
    done_at timestamptz,
    done_by_name text,
    resolution text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT recall_item_pkey PRIMARY KEY (organisation_id, recall_case_id, line_no),
    CONSTRAINT recall_item_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_item_batch_fkey FOREIGN KEY (organisation_id, batch_id) REFERENCES trace.batch (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_item_order_fkey FOREIGN KEY (organisation_id, order_id, customer_id)
    REFERENCES trace.sales_order (organisation_id, id, customer_id) ON DELETE RESTRICT,
    CONSTRAINT recall_item_kind_known CHECK (
        kind IN ('batch', 'process', 'stock', 'allocation', 'shipment_line', 'return_line')
    ),
    CONSTRAINT recall_item_class_known CHECK (
        class IN ('direct', 'possible', 'time_excluded', 'contained', 'recovered', 'destroyed', 'clear')
    ),
    CONSTRAINT recall_item_certainty_known CHECK (certainty IN ('direct', 'possible', 'time_excluded')),
    CONSTRAINT recall_item_reasons_given CHECK (cardinality(reasons) > 0),
    CONSTRAINT recall_item_action_known CHECK (action IN ('notify', 'stop', 'hold', 'sign_off', 'none')),
    CONSTRAINT recall_item_done_is_signed CHECK ((done_at IS NULL) = (done_by_name IS NULL)),
    CONSTRAINT recall_item_clear_says_why CHECK (class <> 'clear' OR (done_by_name IS NOT NULL AND resolution ~ '\S'))
);
COMMENT ON TABLE trace.recall_item IS 'One affected row: a batch, a process, stock, pieces set aside, shipped or come back; numbered in the order of the answer.';
COMMENT ON COLUMN trace.recall_item.subject_id IS 'Id of the row in the table that kind names; of the batch for stock.';
COMMENT ON COLUMN trace.recall_item.certainty IS 'How it hangs together with the roots, wherever the goods are now.';
COMMENT ON COLUMN trace.recall_item.reasons IS 'Machine-readable reasons of the class; the words are in docs/reference/recall-reasons.md.';
COMMENT ON COLUMN trace.recall_item.depth IS 'Process steps from the nearest root, or from the nearest place of doubt.';
COMMENT ON COLUMN trace.recall_item.quantity IS 'In unit, the base unit of the batch''s material; NULL for batches and processes.';
COMMENT ON COLUMN trace.recall_item.returned_quantity IS 'Of a shipment line, what came back, in unit.';
COMMENT ON COLUMN trace.recall_item.mass_g IS 'The quantity in grams; NULL: not known.';
COMMENT ON COLUMN trace.recall_item.share IS 'Exposure share, 0 to 1: how much of it comes from the roots. Shown beside the class, never used to shrink the recall.';
COMMENT ON COLUMN trace.recall_item.share_fraction IS 'The same as an exact fraction such as 2/5.';
COMMENT ON COLUMN trace.recall_item.is_notified IS 'On the notice of its customer; time-excluded items are not.';
COMMENT ON CONSTRAINT recall_item_case_fkey ON trace.recall_item IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_item_batch_fkey ON trace.recall_item IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_item_order_fkey ON trace.recall_item IS 'RESTRICT: legal record; the wider key proves the customer.';
CREATE INDEX recall_item_batch_idx ON trace.recall_item (organisation_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX recall_item_order_idx ON trace.recall_item (organisation_id, order_id) WHERE order_id IS NOT NULL;

CREATE TABLE trace.recall_notice (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT core.uuid_v7(),
    recall_case_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    quantity numeric NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    sent_by_name text,
    acknowledged_at timestamptz,
    quantity_held numeric,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT recall_notice_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT recall_notice_customer_unique UNIQUE (organisation_id, recall_case_id, customer_id),
    CONSTRAINT recall_notice_case_fkey FOREIGN KEY (organisation_id, recall_case_id)
    REFERENCES trace.recall_case (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_notice_customer_fkey FOREIGN KEY (organisation_id, customer_id)
    REFERENCES trace.customer (organisation_id, id) ON DELETE RESTRICT,
    CONSTRAINT recall_notice_language_known CHECK (language IN ('en', 'de', 'ja')),
    CONSTRAINT recall_notice_held_not_negative CHECK (quantity_held >= 0),
    CONSTRAINT recall_notice_held_is_acknowledged CHECK (quantity_held IS NULL OR acknowledged_at IS NOT NULL)
);
COMMENT ON TABLE trace.recall_notice IS 'What one customer is told, in the customer''s language, and what the customer answered.';
COMMENT ON COLUMN trace.recall_notice.quantity IS 'Pieces shipped to the customer that the notice asks back.';
COMMENT ON COLUMN trace.recall_notice.quantity_held IS 'Pieces the customer says are still there.';
COMMENT ON CONSTRAINT recall_notice_case_fkey ON trace.recall_notice IS 'RESTRICT: legal record.';
COMMENT ON CONSTRAINT recall_notice_customer_fkey ON trace.recall_notice IS 'RESTRICT: legal record.';
CREATE INDEX recall_notice_customer_idx ON trace.recall_notice (organisation_id, customer_id);

-- Stock: computed from movements, never kept beside them; and the guard that every movement passes.
CREATE FUNCTION trace.batch_on_hand(wanted_organisation_id uuid, wanted_batch_id uuid) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
    SELECT
        (SELECT coalesce(sum(line.quantity), 0) FROM trace.process_output AS line
         WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id
             AND NOT line.is_void AND line.role NOT IN ('scrap', 'sample'))
        - (SELECT coalesce(sum(line.quantity), 0) FROM trace.process_input AS line
           WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id AND NOT line.is_void)
        - (SELECT coalesce(sum(line.quantity), 0) FROM trace.shipment_line AS line
           WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id)
        + (SELECT coalesce(sum(line.quantity), 0) FROM trace.return_line AS line
           WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id
               AND line.disposition IN ('restock', 'rework'))
$$;
COMMENT ON FUNCTION trace.batch_on_hand(uuid, uuid) IS 'What is in the building and not packed for a customer, in the base unit of the batch''s material.';

CREATE FUNCTION trace.batch_allocated(wanted_organisation_id uuid, wanted_batch_id uuid) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
    SELECT coalesce(sum(line.quantity), 0) FROM trace.allocation AS line
    WHERE line.organisation_id = wanted_organisation_id AND line.batch_id = wanted_batch_id AND line.state <> 'released'
$$;
COMMENT ON FUNCTION trace.batch_allocated(uuid, uuid) IS 'Pieces on hand that are set aside for orders.';

CREATE FUNCTION trace.lock_batch() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM FROM trace.batch AS batch
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id = NEW.batch_id FOR NO KEY UPDATE;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.lock_batch() IS 'Whoever holds a batch or draws from it waits here for the other, so that neither overlooks the other.';

CREATE FUNCTION trace.guard_draw() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    batch_code text;
    base_unit text;
    is_write_off boolean := false;
    on_hand numeric;
    allocated numeric;
BEGIN
    IF NEW.batch_id IS NULL THEN
        RETURN NULL;
    END IF;
    -- First statement: wait. What follows reads with a snapshot taken after the wait.
    SELECT batch.code, material.base_unit INTO batch_code, base_unit
    FROM trace.batch AS batch
    INNER JOIN trace.material AS material ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id = NEW.batch_id
    FOR NO KEY UPDATE OF batch;
    IF TG_TABLE_NAME = 'process_input' THEN
        is_write_off := (
            SELECT process.kind IN ('scrap', 'adjust', 'count') FROM trace.process AS process
            WHERE process.organisation_id = NEW.organisation_id AND process.id = NEW.process_id
        );
    END IF;
    IF NOT is_write_off AND EXISTS (
        SELECT FROM trace.hold AS hold
        WHERE hold.organisation_id = NEW.organisation_id AND hold.batch_id = NEW.batch_id AND hold.state = 'active'
    ) THEN
        RAISE EXCEPTION 'Batch % is on hold', batch_code USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_is_held';
    END IF;
    on_hand := trace.batch_on_hand(NEW.organisation_id, NEW.batch_id);
    IF on_hand < 0 THEN
        RAISE EXCEPTION 'Batch % has % % on hand; % % cannot be taken',
            batch_code, trim_scale(on_hand + CASE WHEN TG_TABLE_NAME = 'allocation' THEN 0 ELSE NEW.quantity END), base_unit, trim_scale(NEW.quantity), base_unit
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_on_hand_not_negative';
    END IF;
    allocated := trace.batch_allocated(NEW.organisation_id, NEW.batch_id);
    IF NOT is_write_off AND allocated > on_hand THEN
        RAISE EXCEPTION 'Batch % has only % % that are not set aside for orders',
            batch_code, trim_scale(on_hand - allocated + NEW.quantity), base_unit
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_not_overallocated';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.guard_draw() IS 'Refuses what a held batch must not do, and more than there is. Locks the batch first, checks in later statements: one statement alone would over-allocate.';

CREATE FUNCTION trace.guard_void_output() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    batch_code text;
    on_hand numeric;
BEGIN
    SELECT batch.code INTO batch_code FROM trace.batch AS batch
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id = NEW.batch_id FOR NO KEY UPDATE;
    on_hand := trace.batch_on_hand(NEW.organisation_id, NEW.batch_id);
    IF on_hand < 0 THEN
        RAISE EXCEPTION 'Batch % was already used or shipped; reverse that first', batch_code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_output_already_used';
    END IF;
    IF NEW.role NOT IN ('scrap', 'sample') AND on_hand < trace.batch_allocated(NEW.organisation_id, NEW.batch_id) THEN
        RAISE EXCEPTION 'Batch % is set aside for orders; give that back first', batch_code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_output_already_used';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.guard_void_output() IS 'A process whose output is used, or set aside for orders, cannot become void.';

CREATE TRIGGER hold_locks_batch BEFORE INSERT ON trace.hold FOR EACH ROW EXECUTE FUNCTION trace.lock_batch();
CREATE TRIGGER process_input_guarded AFTER INSERT ON trace.process_input FOR EACH ROW EXECUTE FUNCTION trace.guard_draw();
CREATE TRIGGER allocation_guarded AFTER INSERT ON trace.allocation FOR EACH ROW EXECUTE FUNCTION trace.guard_draw();
CREATE TRIGGER shipment_line_guarded AFTER INSERT ON trace.shipment_line FOR EACH ROW EXECUTE FUNCTION trace.guard_draw();
CREATE TRIGGER process_output_voided AFTER UPDATE OF is_void ON trace.process_output
FOR EACH ROW WHEN (new.is_void) EXECUTE FUNCTION trace.guard_void_output();

CREATE FUNCTION trace.guard_return() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    shipped numeric;
    departed_at timestamptz;
    returned numeric;
BEGIN
    SELECT line.quantity, shipment.shipped_at, line.batch_id INTO shipped, departed_at, NEW.batch_id
    FROM trace.shipment_line AS line
    INNER JOIN trace.shipment AS shipment ON line.organisation_id = shipment.organisation_id AND line.shipment_id = shipment.id
    WHERE line.organisation_id = NEW.organisation_id AND line.id = NEW.shipment_line_id
    FOR NO KEY UPDATE OF line;
    SELECT coalesce(sum(earlier.quantity), 0) INTO returned FROM trace.return_line AS earlier
    WHERE earlier.organisation_id = NEW.organisation_id AND earlier.shipment_line_id = NEW.shipment_line_id;
    IF departed_at IS NULL OR returned + NEW.quantity > shipped THEN
        RAISE EXCEPTION 'Of this line % pieces can still come back, not %',
            CASE WHEN departed_at IS NULL THEN 0 ELSE trim_scale(shipped - returned) END, trim_scale(NEW.quantity)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'return_line_not_more_than_shipped';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.guard_return() IS 'Fills the batch from the sale, and refuses more than was shipped and not yet returned.';
CREATE TRIGGER return_line_guarded BEFORE INSERT ON trace.return_line FOR EACH ROW EXECUTE FUNCTION trace.guard_return();

-- What a row of trace may be and become: the last word on processes, orders, complaints and cases.
CREATE FUNCTION trace.guard_process() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    IF NEW.finished_at > clock_timestamp() + interval '5 minutes' THEN
        RAISE EXCEPTION 'A process cannot be finished in the future'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_not_in_future', COLUMN = 'finished_at';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.guard_process() IS 'Records what happened, not what is planned; five minutes allow for clocks that disagree.';
CREATE TRIGGER process_guarded BEFORE INSERT ON trace.process FOR EACH ROW EXECUTE FUNCTION trace.guard_process();

CREATE FUNCTION trace.void_reversed_process() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    UPDATE trace.process AS original SET is_void = true
    WHERE original.organisation_id = NEW.organisation_id AND original.id = NEW.reverses_process_id AND original.kind <> 'reversal';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A reversal cannot be reversed; record the process again'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_reversal_of_reversal';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.void_reversed_process() IS 'The only place that makes a process void; its lines follow through ON UPDATE CASCADE.';
CREATE TRIGGER process_reversed AFTER INSERT ON trace.process
FOR EACH ROW WHEN (new.kind = 'reversal') EXECUTE FUNCTION trace.void_reversed_process();

CREATE FUNCTION trace.guard_process_balance() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    inputs bigint;
    outputs bigint;
    loops bigint;
    input_mass_g numeric;
    output_mass_g numeric;
    is_mass_known boolean;
BEGIN
    SELECT count(*), sum(line.quantity * batch.unit_mass_g) FILTER (WHERE material.kind <> 'packaging'),
        coalesce(bool_and(batch.unit_mass_g IS NOT NULL) FILTER (WHERE material.kind <> 'packaging'), true)
    INTO inputs, input_mass_g, is_mass_known
    FROM trace.process_input AS line
    INNER JOIN trace.batch AS batch ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    INNER JOIN trace.material AS material ON batch.organisation_id = material.organisation_id AND batch.material_id = material.id
    WHERE line.organisation_id = NEW.organisation_id AND line.process_id = NEW.id;
    SELECT count(*), sum(line.quantity * batch.unit_mass_g), count(*) FILTER (WHERE EXISTS (
        SELECT FROM trace.process_input AS other
        WHERE other.organisation_id = line.organisation_id AND other.process_id = line.process_id AND other.batch_id = line.batch_id
    ))
    INTO outputs, output_mass_g, loops
    FROM trace.process_output AS line
    INNER JOIN trace.batch AS batch ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    WHERE line.organisation_id = NEW.organisation_id AND line.process_id = NEW.id;
    IF (NEW.kind = 'receive' AND (inputs > 0 OR outputs = 0))
        OR (NEW.kind = 'scrap' AND inputs = 0)
        OR (NEW.kind IN ('adjust', 'count') AND inputs + outputs = 0)
        OR (NEW.kind = 'reversal' AND inputs + outputs > 0)
        OR (NEW.kind NOT IN ('receive', 'scrap', 'adjust', 'count', 'reversal') AND (inputs = 0 OR outputs = 0))
    THEN
        RAISE EXCEPTION 'A % cannot have % inputs and % outputs', NEW.kind, inputs, outputs
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_shape';
    END IF;
    IF loops > 0 AND NEW.kind NOT IN ('adjust', 'rework') THEN
        RAISE EXCEPTION 'A batch cannot be input and output of the same %', NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_self_loop';
    END IF;
    IF NEW.gain_reason IS NULL AND is_mass_known AND NEW.kind NOT IN ('receive', 'adjust', 'count', 'reversal')
        AND coalesce(output_mass_g, 0) > coalesce(input_mass_g, 0)
    THEN
        RAISE EXCEPTION 'More came out (% g) than went in (% g)', trim_scale(output_mass_g), trim_scale(coalesce(input_mass_g, 0))
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_gain_needs_reason';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.guard_process_balance() IS 'At commit, when all lines are there: the shape of the process, no batch made of itself, no undeclared gain. Packaging weighs nothing here.';
CREATE CONSTRAINT TRIGGER process_balanced AFTER INSERT ON trace.process
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trace.guard_process_balance();

CREATE TRIGGER process_frozen BEFORE UPDATE ON trace.process FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'id', 'kind', 'started_at', 'finished_at', 'equipment', 'note', 'gain_reason', 'reverses_process_id', 'recorded_at', 'recorded_by_name'
);
CREATE TRIGGER process_input_frozen BEFORE UPDATE ON trace.process_input FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'process_id', 'line_no', 'batch_id', 'quantity', 'entered_quantity', 'entered_unit', 'started_at', 'finished_at'
);
CREATE TRIGGER process_output_frozen BEFORE UPDATE ON trace.process_output FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'process_id', 'line_no', 'batch_id', 'role', 'quantity', 'entered_quantity', 'entered_unit', 'started_at', 'finished_at'
);
CREATE TRIGGER process_never_deleted BEFORE DELETE ON trace.process FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_input_never_deleted BEFORE DELETE ON trace.process_input FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_output_never_deleted BEFORE DELETE ON trace.process_output FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER shipment_line_append_only BEFORE UPDATE OR DELETE ON trace.shipment_line
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_line_append_only BEFORE UPDATE OR DELETE ON trace.return_line
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_receipt_append_only BEFORE UPDATE OR DELETE ON trace.return_receipt
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER recall_root_append_only BEFORE UPDATE OR DELETE ON trace.recall_root
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER order_status_log_append_only BEFORE UPDATE ON trace.order_status_log
FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER order_status_log_deleted_with_draft BEFORE DELETE ON trace.order_status_log
FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_never_truncated BEFORE TRUNCATE ON trace.process FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_input_never_truncated BEFORE TRUNCATE ON trace.process_input FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER process_output_never_truncated BEFORE TRUNCATE ON trace.process_output FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER shipment_line_never_truncated BEFORE TRUNCATE ON trace.shipment_line FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_line_never_truncated BEFORE TRUNCATE ON trace.return_line FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER return_receipt_never_truncated BEFORE TRUNCATE ON trace.return_receipt FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER recall_root_never_truncated BEFORE TRUNCATE ON trace.recall_root FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER order_status_log_never_truncated BEFORE TRUNCATE ON trace.order_status_log FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER batch_frozen BEFORE UPDATE ON trace.batch FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'material_id', 'product_id', 'unit_mass_g', 'code'
);
CREATE TRIGGER recall_case_frozen BEFORE UPDATE ON trace.recall_case FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'number', 'kind', 'opened_at', 'opened_by_name', 'watermark', 'result_hash', 'duration_ms'
);
CREATE TRIGGER recall_item_frozen BEFORE UPDATE ON trace.recall_item FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'recall_case_id', 'line_no', 'kind', 'subject_id', 'certainty', 'reasons', 'depth', 'batch_id', 'order_id', 'customer_id', 'quantity',
    'returned_quantity', 'mass_g', 'share', 'share_fraction'
);

CREATE FUNCTION trace.log_order_state() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    INSERT INTO trace.order_status_log (organisation_id, order_id, customer_id, from_state, to_state, reason, changed_by_name)
    VALUES (
        NEW.organisation_id, NEW.id, NEW.customer_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state,
        CASE WHEN TG_OP = 'UPDATE' THEN nullif(current_setting('app.move_reason', true), '') END,
        coalesce(nullif(current_setting('app.actor', true), ''), session_user)
    );
    IF NEW.state = 'cancelled' THEN
        UPDATE trace.allocation AS allocation SET state = 'released'
        WHERE allocation.organisation_id = NEW.organisation_id AND allocation.order_id = NEW.id AND allocation.state <> 'released';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION trace.log_order_state() IS 'Writes the status log, and gives back what was set aside when an order is cancelled.';
CREATE TRIGGER sales_order_logged AFTER INSERT ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION trace.log_order_state();
CREATE TRIGGER sales_order_move_logged AFTER UPDATE OF state ON trace.sales_order
FOR EACH ROW WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION trace.log_order_state();
CREATE TRIGGER sales_order_moves BEFORE UPDATE OF state ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION core.guard_move(
    'draft>confirmed', 'draft>cancelled', 'confirmed>in_production', 'confirmed>packed', 'confirmed>shipped', 'confirmed>cancelled',
    'in_production>packed', 'in_production>shipped', 'in_production>cancelled', 'packed>shipped', 'packed>in_production',
    'packed>cancelled', 'shipped>delivered'
);
CREATE TRIGGER allocation_moves BEFORE UPDATE OF state ON trace.allocation FOR EACH ROW EXECUTE FUNCTION core.guard_move(
    'planned>picked', 'planned>released', 'picked>planned', 'picked>released'
);
CREATE TRIGGER complaint_moves BEFORE UPDATE OF state ON trace.complaint FOR EACH ROW EXECUTE FUNCTION core.guard_move(
    'open>identified', 'open>closed', 'identified>open', 'identified>closed', 'closed>open'
);
CREATE TRIGGER recall_case_moves BEFORE UPDATE OF state ON trace.recall_case FOR EACH ROW EXECUTE FUNCTION core.guard_move('open>finished');
CREATE TRIGGER hold_moves BEFORE UPDATE OF state ON trace.hold FOR EACH ROW EXECUTE FUNCTION core.guard_move('active>released');
CREATE TRIGGER sales_order_frozen BEFORE UPDATE ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION core.refuse_change_of(
    'number', 'customer_id'
);

CREATE FUNCTION trace.guard_draft_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'Order % is no draft any more; cancel it instead', OLD.number
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'sales_order_draft_only';
    END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION trace.guard_draft_only() IS 'Only a draft order can be deleted; others are cancelled.';
CREATE TRIGGER sales_order_draft_only BEFORE DELETE ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION trace.guard_draft_only();

CREATE FUNCTION trace.guard_order_is_open() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    line jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    order_number text;
    order_state text;
BEGIN
    SELECT sales_order.number, sales_order.state INTO order_number, order_state
    FROM trace.sales_order AS sales_order
    WHERE sales_order.organisation_id = (line ->> 'organisation_id')::uuid AND sales_order.id = (line ->> 'order_id')::uuid
    FOR SHARE;
    IF NOT (order_state = ANY (TG_ARGV)) THEN
        RAISE EXCEPTION 'Order % is %', order_number, replace(order_state, '_', ' ')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_order_is_open';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION trace.guard_order_is_open() IS 'Refuses a line, an allocation or a shipment unless the order is in a state named as trigger argument.';
CREATE TRIGGER order_line_open BEFORE INSERT OR UPDATE OR DELETE ON trace.order_line
FOR EACH ROW EXECUTE FUNCTION trace.guard_order_is_open('draft', 'confirmed');
CREATE TRIGGER allocation_open BEFORE INSERT ON trace.allocation
FOR EACH ROW EXECUTE FUNCTION trace.guard_order_is_open('confirmed', 'in_production', 'packed', 'shipped');
CREATE TRIGGER shipment_open BEFORE INSERT ON trace.shipment
FOR EACH ROW EXECUTE FUNCTION trace.guard_order_is_open('confirmed', 'in_production', 'packed', 'shipped');

CREATE FUNCTION trace.guard_departure() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    batch_code text;
    order_number text;
BEGIN
    IF OLD.shipped_at IS NOT NULL THEN
        IF NEW.shipped_at IS DISTINCT FROM OLD.shipped_at THEN
            RAISE EXCEPTION 'Shipment % has left already', OLD.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_departs_once';
        END IF;
        RETURN NEW;
    END IF;
    SELECT sales_order.number INTO order_number FROM trace.sales_order AS sales_order
    WHERE sales_order.organisation_id = NEW.organisation_id AND sales_order.id = NEW.order_id AND sales_order.state = 'cancelled';
    IF FOUND THEN
        RAISE EXCEPTION 'Order % is cancelled', order_number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_order_is_open';
    END IF;
    -- First statement: wait, in the order of ids. What follows reads with a snapshot taken after the wait.
    PERFORM FROM trace.batch AS batch
    WHERE batch.organisation_id = NEW.organisation_id AND batch.id IN (
        SELECT line.batch_id FROM trace.shipment_line AS line
        WHERE line.organisation_id = NEW.organisation_id AND line.shipment_id = NEW.id
    )
    ORDER BY batch.id
    FOR NO KEY UPDATE;
    SELECT batch.code INTO batch_code
    FROM trace.shipment_line AS line
    INNER JOIN trace.hold AS hold
        ON line.organisation_id = hold.organisation_id AND line.batch_id = hold.batch_id AND hold.state = 'active'
    INNER JOIN trace.batch AS batch ON line.organisation_id = batch.organisation_id AND line.batch_id = batch.id
    WHERE line.organisation_id = NEW.organisation_id AND line.shipment_id = NEW.id
    ORDER BY batch.code
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Batch % is on hold', batch_code USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_is_held';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION trace.guard_departure() IS 'What was packed before a hold must not leave after it; what has left has left.';
CREATE TRIGGER shipment_departs BEFORE UPDATE OF shipped_at ON trace.shipment
FOR EACH ROW WHEN (new.shipped_at IS NOT NULL OR old.shipped_at IS NOT NULL) EXECUTE FUNCTION trace.guard_departure();

CREATE TRIGGER batch_version BEFORE UPDATE ON trace.batch FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER hold_version BEFORE UPDATE ON trace.hold FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER customer_version BEFORE UPDATE ON trace.customer FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER customer_site_version BEFORE UPDATE ON trace.customer_site FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER sales_order_version BEFORE UPDATE ON trace.sales_order FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER allocation_version BEFORE UPDATE ON trace.allocation FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER shipment_version BEFORE UPDATE ON trace.shipment FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER complaint_version BEFORE UPDATE ON trace.complaint FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER recall_case_version BEFORE UPDATE ON trace.recall_case FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER recall_item_version BEFORE UPDATE ON trace.recall_item FOR EACH ROW EXECUTE FUNCTION core.raise_version();
CREATE TRIGGER recall_notice_version BEFORE UPDATE ON trace.recall_notice FOR EACH ROW EXECUTE FUNCTION core.raise_version();

-- Who may touch the tables of trace: forced row-level security, the least grants, audit; evidence gets no UPDATE and no DELETE.
CALL core.guard_tenant_table('trace.batch');
CALL core.guard_tenant_table('trace.batch_origin');
CALL core.guard_tenant_table('trace.process');
CALL core.guard_tenant_table('trace.process_input');
CALL core.guard_tenant_table('trace.process_output');
CALL core.guard_tenant_table('trace.hold');
CALL core.guard_tenant_table('trace.customer');
CALL core.guard_tenant_table('trace.customer_site');
CALL core.guard_tenant_table('trace.sales_order');
CALL core.guard_tenant_table('trace.order_line');
CALL core.guard_tenant_table('trace.allocation');
CALL core.guard_tenant_table('trace.order_status_log', is_audited => false);
CALL core.guard_tenant_table('trace.shipment');
CALL core.guard_tenant_table('trace.shipment_line');
CALL core.guard_tenant_table('trace.return_receipt');
CALL core.guard_tenant_table('trace.return_line');
CALL core.guard_tenant_table('trace.complaint');
CALL core.guard_tenant_table('trace.recall_case');
CALL core.guard_tenant_table('trace.recall_complaint');
CALL core.guard_tenant_table('trace.recall_root', is_audited => false);
CALL core.guard_tenant_table('trace.recall_item', is_audited => false);
CALL core.guard_tenant_table('trace.recall_notice', is_audited => false);

-- A case freezes thousands of items and notices at once, and they are their own record; only what a person does to one
-- is audited.
CREATE TRIGGER recall_notice_audited AFTER UPDATE OR DELETE ON trace.recall_notice FOR EACH ROW EXECUTE FUNCTION core.write_audit();
CREATE TRIGGER recall_item_audited AFTER UPDATE OR DELETE ON trace.recall_item FOR EACH ROW EXECUTE FUNCTION core.write_audit();

REVOKE INSERT ON trace.order_status_log FROM provender_app;
GRANT UPDATE (farm_id, supplier_id, made_on, best_before_on, note, version) ON trace.batch TO provender_app;
GRANT UPDATE, DELETE ON trace.customer, trace.customer_site, trace.sales_order, trace.order_line TO provender_app;
GRANT UPDATE (state, version) ON trace.allocation TO provender_app;
GRANT UPDATE (carrier, tracking_number, shipped_at, delivered_at, version) ON trace.shipment TO provender_app;
GRANT UPDATE (state, released_at, released_by_name, release_reason, version) ON trace.hold TO provender_app;
GRANT UPDATE (customer_id, product_id, state, description, reported_code, reported_best_before_on, batch_id, closed_reason, version)
ON trace.complaint TO provender_app;
GRANT UPDATE (title, state, finished_at, finished_by_name, conclusion, version) ON trace.recall_case TO provender_app;
GRANT UPDATE (class, action, is_notified, done_at, done_by_name, resolution, version) ON trace.recall_item TO provender_app;
GRANT UPDATE (subject, body, sent_at, sent_by_name, acknowledged_at, quantity_held, version) ON trace.recall_notice TO provender_app;

-- The two walks on which every trace stands. UNION visits a batch once, so cycles end and paths do not multiply;
-- LATERAL with OFFSET 0 keeps the planner on one index probe per batch (measured: docs/decisions/0008).
CREATE FUNCTION trace.descendant_batches(wanted_organisation_id uuid, root_ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
AS $$
    WITH RECURSIVE reached (batch_id) AS (
        SELECT root.batch_id FROM unnest(root_ids) AS root (batch_id)
        UNION
        SELECT step.batch_id
        FROM reached
        CROSS JOIN LATERAL (
            SELECT output.batch_id
            FROM trace.process_input AS input
            INNER JOIN trace.process_output AS output
                ON output.organisation_id = wanted_organisation_id AND input.process_id = output.process_id
            WHERE
                input.organisation_id = wanted_organisation_id AND input.batch_id = reached.batch_id
                AND NOT input.is_void AND NOT output.is_void
            OFFSET 0
        ) AS step
    )
    SELECT reached.batch_id FROM reached
$$;
COMMENT ON FUNCTION trace.descendant_batches(uuid, uuid[]) IS 'The roots and everything made from them, each once, at any depth; void processes lead nowhere.';

CREATE FUNCTION trace.ancestor_batches(wanted_organisation_id uuid, root_ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
AS $$
    WITH RECURSIVE reached (batch_id) AS (
        SELECT root.batch_id FROM unnest(root_ids) AS root (batch_id)
        UNION
        SELECT step.batch_id
        FROM reached
        CROSS JOIN LATERAL (
            SELECT input.batch_id
            FROM trace.process_output AS output
            INNER JOIN trace.process_input AS input
                ON input.organisation_id = wanted_organisation_id AND output.process_id = input.process_id
            WHERE
                output.organisation_id = wanted_organisation_id AND output.batch_id = reached.batch_id
                AND NOT input.is_void AND NOT output.is_void
            OFFSET 0
        ) AS step
    )
    SELECT reached.batch_id FROM reached
$$;
COMMENT ON FUNCTION trace.ancestor_batches(uuid, uuid[]) IS 'The batches named and everything they were made from, each once, at any depth.';

CREATE FUNCTION trace.farm_batches(wanted_organisation_id uuid, wanted_farm_id uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
AS $$
    SELECT batch.id FROM trace.batch AS batch
    WHERE batch.organisation_id = wanted_organisation_id AND batch.farm_id = wanted_farm_id
    UNION
    SELECT origin.batch_id FROM trace.batch_origin AS origin
    WHERE origin.organisation_id = wanted_organisation_id AND origin.farm_id = wanted_farm_id
$$;
COMMENT ON FUNCTION trace.farm_batches(uuid, uuid) IS 'Batches delivered by a farm, or holding harvest of one of its plots; each once.';
