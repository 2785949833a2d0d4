-- What really came, where that is not what was asked for; null until money came.
ALTER TABLE payment_attempts ADD COLUMN paid_fen bigint;

-- Two people: `needs_approval` until `approved_by`, who is not `requested_by`, has looked at it.
ALTER TABLE refunds ADD COLUMN note text NOT NULL DEFAULT '';
ALTER TABLE refunds ADD COLUMN needs_approval boolean NOT NULL DEFAULT false;
ALTER TABLE refunds ADD COLUMN approved_by text;
ALTER TABLE refunds ADD COLUMN approved_at timestamptz;
ALTER TABLE refunds ADD COLUMN polls integer NOT NULL DEFAULT 0;
-- The key that whoever asked chose: the same key of the same person is the same refund.
ALTER TABLE refunds ADD COLUMN request_key text;
CREATE UNIQUE INDEX refunds_request_key ON refunds (requested_by, request_key);
-- Money that comes twice or late goes back by itself once; whatever follows is a person's decision.
CREATE UNIQUE INDEX refunds_one_automatic ON refunds (attempt_id)
    WHERE reason_code IN ('duplicate_payment', 'late_payment');

-- What a person must look at. No foreign keys: money can come that belongs to no order of ours.
CREATE TABLE money_cases (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    key text NOT NULL,
    provider text NOT NULL CHECK (provider IN ('wechat_pay', 'alipay')),
    merchant_account text NOT NULL,
    school_id uuid,
    order_id uuid,
    amount_fen bigint,
    facts jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'resolved')),
    seen_count integer NOT NULL,
    opened_at timestamptz NOT NULL,
    resolved_at timestamptz,
    resolved_by text,
    resolution text,
    UNIQUE (kind, key),
    CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
);
CREATE INDEX money_cases_open ON money_cases (opened_at) WHERE state = 'open';
CREATE INDEX money_cases_order ON money_cases (order_id);

CREATE TABLE reconciliations (
    id uuid NOT NULL PRIMARY KEY,
    provider text NOT NULL CHECK (provider IN ('wechat_pay', 'alipay')),
    merchant_account text NOT NULL,
    -- The day in China that the bill is about.
    day date NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'done')),
    bill_key text,
    bill_sha256 bytea,
    payments integer NOT NULL,
    paid_fen bigint NOT NULL,
    refunds integer NOT NULL,
    refunded_fen bigint NOT NULL,
    differences integer NOT NULL,
    tries integer NOT NULL,
    next_try_at timestamptz,
    last_error text,
    -- What came of comparing: differences, fees and movements.
    findings jsonb,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    UNIQUE (provider, merchant_account, day)
);
CREATE INDEX reconciliations_due ON reconciliations (next_try_at) WHERE state = 'waiting';

CREATE TABLE bill_rows (
    id uuid NOT NULL PRIMARY KEY,
    reconciliation_id uuid NOT NULL REFERENCES reconciliations (id),
    kind text NOT NULL CHECK (kind IN ('payment', 'refund')),
    out_trade_no text NOT NULL,
    out_refund_no text,
    provider_no text NOT NULL,
    amount_fen bigint NOT NULL,
    difference text
);
CREATE INDEX bill_rows_run ON bill_rows (reconciliation_id);
CREATE INDEX bill_rows_trade ON bill_rows (out_trade_no);

-- When a notice that was not acted on is taken up (again); whoever takes it up moves this on first.
ALTER TABLE notify_inbox ADD COLUMN next_try_at timestamptz;
CREATE INDEX notify_inbox_due ON notify_inbox (next_try_at) WHERE processed_at IS NULL;
