-- Integrators: systems that call the API in their own name, what they prove themselves with, and the ids that work once.
CREATE TABLE integrators (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid REFERENCES schools (id),
    name text NOT NULL,
    scopes jsonb NOT NULL,
    school_ids jsonb NOT NULL,
    networks jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    version integer NOT NULL
);
CREATE INDEX integrators_school ON integrators (school_id, id);

CREATE TABLE integrator_credentials (
    id uuid NOT NULL PRIMARY KEY,
    integrator_id uuid NOT NULL REFERENCES integrators (id),
    kind text NOT NULL CHECK (kind IN ('secret', 'public_key')),
    label text NOT NULL,
    secret_hash bytea,
    public_key jsonb,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_at timestamptz,
    CHECK ((kind = 'secret') = (secret_hash IS NOT NULL)),
    CHECK ((kind = 'public_key') = (public_key IS NOT NULL))
);
CREATE INDEX integrator_credentials_owner ON integrator_credentials (integrator_id);

-- Assertions that were used, and access tokens that were revoked, until they run out.
CREATE TABLE spent_token_ids (
    id_hash bytea NOT NULL PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX spent_token_ids_expiry ON spent_token_ids (expires_at);

-- What changed in a task since a moment.
CREATE INDEX photos_changed ON photos (school_id, task_id, state_at, id);
