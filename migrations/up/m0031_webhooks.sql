-- Webhooks: endpoints with their secrets, an event on its way to each endpoint, and every try.
CREATE TABLE webhook_endpoints (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid REFERENCES schools (id),
    url text NOT NULL,
    kinds jsonb NOT NULL,
    description text NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'disabled')),
    disabled_reason text CHECK (disabled_reason IN ('person', 'gone', 'failing')),
    failing_since timestamptz,
    failing_told_at timestamptz,
    created_by uuid REFERENCES accounts (id),
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((state = 'disabled') = (disabled_reason IS NOT NULL))
);
CREATE INDEX webhook_endpoints_school ON webhook_endpoints (school_id, id);

CREATE TABLE webhook_secrets (
    id uuid NOT NULL PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoints (id),
    secret_sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz
);
CREATE INDEX webhook_secrets_endpoint ON webhook_secrets (endpoint_id);

CREATE TABLE webhook_deliveries (
    id uuid NOT NULL PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoints (id),
    event_id uuid NOT NULL,
    school_id uuid,
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    tries integer NOT NULL,
    next_at timestamptz NOT NULL,
    leased_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (endpoint_id, event_id)
);
-- Those that are due, for each endpoint.
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, state, next_at);
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint_id, id);
CREATE INDEX webhook_deliveries_updated ON webhook_deliveries (updated_at);

CREATE TABLE webhook_attempts (
    id uuid NOT NULL PRIMARY KEY,
    delivery_id uuid NOT NULL REFERENCES webhook_deliveries (id),
    at timestamptz NOT NULL,
    duration_ms integer NOT NULL,
    status integer,
    fault text,
    answer text NOT NULL,
    CHECK ((status IS NULL) = (fault IS NOT NULL))
);
CREATE INDEX webhook_attempts_delivery ON webhook_attempts (delivery_id, id);
