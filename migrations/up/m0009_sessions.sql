-- With the old refresh token this gives its successor again; null once the successor was used.
ALTER TABLE sessions ADD COLUMN successor_salt bytea;
-- When the session was opened: it ends by itself some time after, however often it is refreshed.
ALTER TABLE sessions ADD COLUMN family_began_at timestamptz NOT NULL DEFAULT '1970-01-01T00:00:00+00:00';
UPDATE sessions SET family_began_at = (
    SELECT min(earlier.created_at) FROM sessions AS earlier WHERE earlier.family_id = sessions.family_id
);
ALTER TABLE sessions ADD COLUMN system_family text;
CREATE INDEX sessions_successor ON sessions (successor_id);
CREATE INDEX sessions_live ON sessions (account_id) WHERE revoked_at IS NULL AND rotated_at IS NULL;
CREATE INDEX accounts_inactive ON accounts (id) WHERE state <> 'active';

-- What was proven besides number and level, `name` and `student_no`, with a space between them.
ALTER TABLE enrolments ADD COLUMN proven text NOT NULL DEFAULT '';
-- Whether the account that held a released enrolment may not bind the same entry again.
ALTER TABLE enrolments ADD COLUMN is_barred boolean NOT NULL DEFAULT false;
