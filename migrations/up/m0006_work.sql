CREATE TABLE jobs (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    key text NOT NULL,
    payload jsonb NOT NULL,
    available_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    leased_until timestamptz,
    lease_owner text,
    done_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL,
    UNIQUE (kind, key)
);
CREATE INDEX jobs_waiting ON jobs (done_at, available_at);

-- Events, requests and audit lines have no foreign keys: they outlive what they tell of.
CREATE TABLE events (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid,
    object_type text NOT NULL,
    object_id uuid NOT NULL,
    kind text NOT NULL,
    sequence integer NOT NULL,
    payload jsonb NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (object_id, kind, sequence)
);
CREATE INDEX events_at ON events (school_id, at);

CREATE TABLE idempotency_keys (
    id uuid NOT NULL PRIMARY KEY,
    principal text NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'done')),
    status integer,
    body jsonb,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    UNIQUE (principal, route, key),
    CHECK ((state = 'done') = (status IS NOT NULL))
);
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

CREATE TABLE audit_events (
    id uuid NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    subject_account_id uuid,
    school_id uuid,
    action text NOT NULL,
    object_type text NOT NULL,
    object_id uuid,
    reason text,
    request_id text,
    facts jsonb NOT NULL
);
CREATE INDEX audit_events_object ON audit_events (object_type, object_id);
CREATE INDEX audit_events_actor ON audit_events (actor_id, at);
CREATE INDEX audit_events_subject ON audit_events (subject_account_id, at);
