-- What was erased because somebody demanded it, so that a restored backup can be made to forget it again. It holds no
-- personal data and no foreign keys: it outlives what it tells of.
CREATE TABLE erasures (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('account', 'consent', 'photo')),
    object_id uuid NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (kind, object_id)
);
CREATE INDEX erasures_at ON erasures (at, id);

-- One more purpose. A CHECK cannot be changed on both databases, so the column is made anew.
ALTER TABLE sms_challenges ADD COLUMN purpose_now text NOT NULL DEFAULT 'login'
    CHECK (purpose_now IN ('login', 'phone_change_old', 'phone_change_new', 'account_erasure'));
UPDATE sms_challenges SET purpose_now = purpose;
ALTER TABLE sms_challenges DROP COLUMN purpose;
ALTER TABLE sms_challenges RENAME COLUMN purpose_now TO purpose;

-- What people wrote, sealed. SQL cannot seal: the worker moves what stands in `note` and `answer` and empties them.
ALTER TABLE photos ADD COLUMN note_sealed bytea;
ALTER TABLE roster_tickets ADD COLUMN note_sealed bytea;
ALTER TABLE roster_tickets ADD COLUMN answer_sealed bytea;
CREATE INDEX photos_plain_note ON photos (id) WHERE note IS NOT NULL;
CREATE INDEX roster_tickets_plain ON roster_tickets (id) WHERE note IS NOT NULL OR answer IS NOT NULL;

-- When the files of a photo were deleted, the original or all of them; their keys are empty then.
ALTER TABLE photos ADD COLUMN original_erased_at timestamptz;
ALTER TABLE photos ADD COLUMN files_erased_at timestamptz;

-- The user of the operating system under which the two people worked; it proves nothing.
ALTER TABLE refunds ADD COLUMN requested_as text;
ALTER TABLE refunds ADD COLUMN approved_as text;

-- What is too old is found by an index, and so is what refers to it.
CREATE INDEX sms_messages_created ON sms_messages (created_at);
CREATE INDEX phone_changes_created ON phone_changes (created_at);
CREATE INDEX phone_changes_old ON phone_changes (old_challenge_id);
CREATE INDEX phone_changes_new ON phone_changes (new_challenge_id);
CREATE INDEX phone_locks_window ON phone_locks (window_started_at);
CREATE INDEX verification_attempts_created ON verification_attempts (created_at);
CREATE INDEX photo_checks_created ON photo_checks (created_at);
CREATE INDEX sessions_created ON sessions (created_at);
CREATE INDEX roster_tickets_updated ON roster_tickets (updated_at);
CREATE INDEX notify_inbox_received ON notify_inbox (received_at);
CREATE INDEX notify_inbox_trade ON notify_inbox (merchant_account, out_trade_no);
CREATE INDEX provider_calls_at ON provider_calls (at);
CREATE INDEX events_made ON events (at);
CREATE INDEX audit_events_at ON audit_events (at);
CREATE INDEX consents_withdrawn ON consents (withdrawn_at) WHERE withdrawn_at IS NOT NULL;
CREATE INDEX photos_with_files ON photos (state, state_at) WHERE files_erased_at IS NULL;
CREATE INDEX photos_with_original ON photos (state, state_at) WHERE original_erased_at IS NULL;

-- A file is looked for by its name, to find those that no row names.
CREATE INDEX photos_original ON photos (original_key);
CREATE INDEX photos_framed ON photos (framed_key);
CREATE INDEX photos_thumb ON photos (thumb_key);
CREATE INDEX reconciliations_bill ON reconciliations (bill_key) WHERE bill_key IS NOT NULL;
