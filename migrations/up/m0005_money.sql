CREATE TABLE orders (
    id uuid NOT NULL PRIMARY KEY,
    order_no text NOT NULL UNIQUE,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    enrolment_id uuid NOT NULL REFERENCES enrolments (id),
    account_id uuid NOT NULL REFERENCES accounts (id),
    list_fen bigint NOT NULL CHECK (list_fen >= 0),
    due_fen bigint NOT NULL CHECK (due_fen >= 0),
    payer_kind text NOT NULL CHECK (payer_kind IN ('student', 'school', 'free')),
    state text NOT NULL CHECK (state IN ('unpaid', 'paid', 'partially_refunded', 'refunded', 'closed')),
    closed_reason text CHECK (closed_reason IN ('timeout', 'user', 'staff', 'price_change', 'task_ended')),
    -- A payment attempt. No foreign key: attempts refer to orders, and SQLite adds no key to a table that exists.
    settled_by uuid,
    refunded_fen bigint NOT NULL DEFAULT 0,
    needs_review boolean NOT NULL,
    contact_sealed bytea NOT NULL,
    due_until timestamptz NOT NULL,
    paid_at timestamptz,
    closed_at timestamptz,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK (refunded_fen BETWEEN 0 AND due_fen),
    CHECK ((payer_kind = 'student') = (due_fen > 0))
);
CREATE UNIQUE INDEX orders_one_open ON orders (school_id, enrolment_id)
    WHERE state IN ('unpaid', 'paid', 'partially_refunded');
CREATE INDEX orders_state ON orders (school_id, task_id, state);
CREATE INDEX orders_account ON orders (account_id);
CREATE INDEX orders_unpaid ON orders (due_until) WHERE state = 'unpaid';

CREATE TABLE order_lines (
    id uuid NOT NULL PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES orders (id),
    position integer NOT NULL,
    code text NOT NULL CHECK (code IN ('collection', 'prints', 'postage')),
    amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
    UNIQUE (order_id, position)
);

CREATE TABLE payment_attempts (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    order_id uuid NOT NULL REFERENCES orders (id),
    provider text NOT NULL CHECK (provider IN ('wechat_pay', 'alipay')),
    product text NOT NULL CHECK (product IN ('native', 'h5', 'jsapi', 'precreate', 'page', 'wap')),
    merchant_account text NOT NULL,
    out_trade_no text NOT NULL UNIQUE,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    state text NOT NULL CHECK (state IN ('new', 'pending', 'closed', 'rejected', 'succeeded')),
    disposition text CHECK (disposition IN ('applied', 'surplus', 'conflict')),
    provider_txn_id text,
    payer_ref_sealed bytea,
    paid_at timestamptz,
    create_params jsonb NOT NULL,
    credential jsonb,
    credential_expires_at timestamptz,
    expires_at timestamptz NOT NULL,
    superseded_at timestamptz,
    next_poll_at timestamptz,
    polls integer NOT NULL,
    last_polled_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL,
    UNIQUE (provider, provider_txn_id),
    CHECK (disposition IS NULL OR state = 'succeeded')
);
CREATE INDEX payment_attempts_order ON payment_attempts (school_id, order_id);
CREATE INDEX payment_attempts_poll ON payment_attempts (next_poll_at);

CREATE TABLE refunds (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    order_id uuid NOT NULL REFERENCES orders (id),
    attempt_id uuid NOT NULL REFERENCES payment_attempts (id),
    out_refund_no text NOT NULL UNIQUE,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    reason_code text NOT NULL,
    requested_by text NOT NULL,
    state text NOT NULL CHECK (state IN (
        'requested', 'submitted', 'succeeded', 'abnormal', 'closed', 'rejected'
    )),
    provider_refund_id text,
    submitted_at timestamptz,
    succeeded_at timestamptz,
    next_poll_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL
);
CREATE INDEX refunds_order ON refunds (school_id, order_id);
CREATE INDEX refunds_attempt ON refunds (attempt_id);
CREATE INDEX refunds_poll ON refunds (next_poll_at);

CREATE TABLE ledger (
    id uuid NOT NULL PRIMARY KEY,
    event_id uuid NOT NULL,
    at timestamptz NOT NULL,
    order_id uuid NOT NULL REFERENCES orders (id),
    attempt_id uuid REFERENCES payment_attempts (id),
    refund_id uuid REFERENCES refunds (id),
    account text NOT NULL,
    delta_fen bigint NOT NULL,
    kind text NOT NULL
);
CREATE INDEX ledger_event ON ledger (event_id);
CREATE INDEX ledger_order ON ledger (order_id);

CREATE TABLE notify_inbox (
    id uuid NOT NULL PRIMARY KEY,
    provider text NOT NULL CHECK (provider IN ('wechat_pay', 'alipay')),
    merchant_account text NOT NULL,
    dedupe_key text NOT NULL,
    kind text NOT NULL,
    out_trade_no text,
    headers jsonb NOT NULL,
    raw bytea NOT NULL,
    plaintext_sealed bytea,
    received_at timestamptz NOT NULL,
    processed_at timestamptz,
    result text,
    error text,
    seen_count integer NOT NULL,
    UNIQUE (provider, merchant_account, dedupe_key)
);
CREATE INDEX notify_inbox_waiting ON notify_inbox (received_at) WHERE processed_at IS NULL;

CREATE TABLE provider_calls (
    id uuid NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    merchant_account text NOT NULL,
    operation text NOT NULL,
    out_no text NOT NULL,
    http_status integer,
    code text,
    request_id text,
    duration_ms integer NOT NULL,
    outcome text NOT NULL
);
CREATE INDEX provider_calls_out_no ON provider_calls (out_no);
