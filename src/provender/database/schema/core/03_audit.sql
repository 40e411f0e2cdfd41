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
