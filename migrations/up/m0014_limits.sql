-- Captchas that were used: each counts once for all copies of the server.
CREATE TABLE spent_captchas (
    challenge_hash bytea NOT NULL PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX spent_captchas_expires ON spent_captchas (expires_at);

-- Wrong codes of one browser for one phone; they take the place of locking the phone for everybody.
CREATE TABLE code_failures (
    phone_index bytea NOT NULL,
    browser_hash bytea NOT NULL,
    failures integer NOT NULL,
    window_started_at timestamptz NOT NULL,
    PRIMARY KEY (phone_index, browser_hash)
);
CREATE INDEX code_failures_window ON code_failures (window_started_at);
DROP TABLE phone_locks;

-- Browsers that logged in to an account before.
CREATE TABLE known_browsers (
    account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    browser_hash bytea NOT NULL,
    last_login_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, browser_hash)
);
CREATE INDEX known_browsers_login ON known_browsers (last_login_at);

-- The wider networks of an IPv6 address that asked for a code; null for IPv4.
ALTER TABLE sms_challenges ADD COLUMN ip56_hash bytea;
ALTER TABLE sms_challenges ADD COLUMN ip48_hash bytea;
CREATE INDEX sms_challenges_ip56 ON sms_challenges (ip56_hash, created_at);
CREATE INDEX sms_challenges_ip48 ON sms_challenges (ip48_hash, created_at);
