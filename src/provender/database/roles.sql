-- The three roles of Provender, made once per cluster by an administrator; safe to run again.
-- provender_owner owns every object and runs migrations; provender_app is what the program connects as:
-- it owns nothing, is no superuser and obeys row-level security; provender_portal is narrower still and
-- is entered from provender_app for customers' own pages.
DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'provender_owner') THEN
        CREATE ROLE provender_owner NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'provender_app') THEN
        CREATE ROLE provender_app LOGIN NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'provender_portal') THEN
        CREATE ROLE provender_portal NOLOGIN;
    END IF;
    IF NOT pg_catalog.pg_has_role(current_user, 'provender_owner', 'MEMBER') THEN
        EXECUTE pg_catalog.format('GRANT provender_owner TO %I', current_user);
    END IF;
    EXECUTE pg_catalog.format('GRANT CREATE, CONNECT, TEMPORARY ON DATABASE %I TO provender_owner', pg_catalog.current_database());
    EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO provender_app', pg_catalog.current_database());
    GRANT USAGE, CREATE ON SCHEMA public TO provender_owner;
    GRANT USAGE ON SCHEMA public TO provender_app;
    GRANT provender_portal TO provender_app;
END
$roles$;
