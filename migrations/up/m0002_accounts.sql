CREATE TABLE accounts (
    id uuid NOT NULL PRIMARY KEY,
    phone_index bytea NOT NULL UNIQUE,
    phone_sealed bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'erased')),
    language text NOT NULL CHECK (language IN ('zh-CN', 'en')),
    email_sealed bytea,
    address_sealed bytea,
    created_at timestamptz NOT NULL,
    last_login_at timestamptz,
    version integer NOT NULL
);

CREATE TABLE staff_roles (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    role text NOT NULL CHECK (role IN ('reviewer', 'officer', 'finance', 'operator')),
    school_id uuid REFERENCES schools (id),
    created_at timestamptz NOT NULL,
    UNIQUE (school_id, account_id, role)
);
-- A unique key lets empty schools repeat; this one does not.
CREATE UNIQUE INDEX staff_roles_of_every_school ON staff_roles (account_id, role) WHERE school_id IS NULL;
CREATE INDEX staff_roles_account ON staff_roles (account_id);

CREATE TABLE consents (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    document text NOT NULL CHECK (document IN ('service_agreement', 'face_photo')),
    document_version text NOT NULL,
    text_hash text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('web', 'api')),
    granted_at timestamptz NOT NULL,
    withdrawn_at timestamptz
);
CREATE INDEX consents_document ON consents (account_id, document);

CREATE TABLE sessions (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    family_id uuid NOT NULL,
    refresh_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    rotated_at timestamptz,
    successor_id uuid REFERENCES sessions (id),
    revoked_at timestamptz,
    revoked_reason text,
    expires_at timestamptz NOT NULL,
    user_agent_family text
);
CREATE INDEX sessions_family ON sessions (family_id);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;

CREATE TABLE sms_challenges (
    id uuid NOT NULL PRIMARY KEY,
    phone_index bytea NOT NULL,
    phone_sealed bytea NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('login', 'phone_change_old', 'phone_change_new')),
    browser_hash bytea NOT NULL,
    code_hash bytea NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    voided_at timestamptz,
    ip_hash bytea NOT NULL
);
CREATE INDEX sms_challenges_phone ON sms_challenges (phone_index, created_at);
CREATE INDEX sms_challenges_created ON sms_challenges (created_at);
CREATE INDEX sms_challenges_ip ON sms_challenges (ip_hash, created_at);
CREATE INDEX sms_challenges_browser ON sms_challenges (browser_hash, created_at);

CREATE TABLE sms_messages (
    id uuid NOT NULL PRIMARY KEY,
    challenge_id uuid REFERENCES sms_challenges (id),
    phone_index bytea NOT NULL,
    template text NOT NULL,
    provider text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'sent', 'refused', 'unknown', 'delivered', 'failed')),
    provider_id text,
    error text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE INDEX sms_messages_challenge ON sms_messages (challenge_id);

CREATE TABLE phone_locks (
    phone_index bytea NOT NULL PRIMARY KEY,
    failures integer NOT NULL,
    window_started_at timestamptz NOT NULL,
    locked_until timestamptz,
    lock_level integer NOT NULL
);

CREATE TABLE phone_changes (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    old_challenge_id uuid NOT NULL REFERENCES sms_challenges (id),
    new_challenge_id uuid NOT NULL REFERENCES sms_challenges (id),
    new_phone_index bytea NOT NULL,
    new_phone_sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    done_at timestamptz
);
CREATE INDEX phone_changes_account ON phone_changes (account_id);
