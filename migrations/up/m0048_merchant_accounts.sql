-- The accounts at payment providers that schools take their students' money with. One that is retired takes no new payment, but
-- answers for those that it took.
CREATE TABLE merchant_accounts (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    provider text NOT NULL CHECK (provider IN ('wechat_pay', 'alipay')),
    name text NOT NULL,
    merchant_no text NOT NULL,
    application text NOT NULL,
    fee_basis_points integer,
    keys_sealed bytea NOT NULL,
    retired_at timestamptz,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (provider, name),
    UNIQUE (provider, merchant_no)
);
CREATE UNIQUE INDEX merchant_accounts_active ON merchant_accounts (school_id, provider) WHERE retired_at IS NULL;
