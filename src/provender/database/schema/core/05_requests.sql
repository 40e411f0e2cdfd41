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
