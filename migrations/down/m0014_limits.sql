DROP INDEX sms_challenges_ip48;
DROP INDEX sms_challenges_ip56;
ALTER TABLE sms_challenges DROP COLUMN ip48_hash;
ALTER TABLE sms_challenges DROP COLUMN ip56_hash;
DROP TABLE known_browsers;
CREATE TABLE phone_locks (
    phone_index bytea NOT NULL PRIMARY KEY,
    failures integer NOT NULL,
    window_started_at timestamptz NOT NULL,
    locked_until timestamptz,
    lock_level integer NOT NULL
);
CREATE INDEX phone_locks_window ON phone_locks (window_started_at);
DROP TABLE code_failures;
DROP TABLE spent_captchas;
