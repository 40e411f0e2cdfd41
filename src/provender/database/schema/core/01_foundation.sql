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
