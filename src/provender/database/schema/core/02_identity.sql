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
