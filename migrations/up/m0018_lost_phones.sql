-- Reports of people who can receive no more codes. What they wrote is sealed; the hashes serve the limits alone.
CREATE TABLE lost_phone_reports (
    id uuid NOT NULL PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    name_sealed bytea NOT NULL,
    school_sealed bytea NOT NULL,
    id_type text NOT NULL,
    number_sealed bytea NOT NULL,
    old_phone_sealed bytea NOT NULL,
    new_phone_sealed bytea NOT NULL,
    note_sealed bytea,
    new_phone_index bytea NOT NULL,
    browser_hash bytea NOT NULL,
    ip_hash bytea NOT NULL,
    ip56_hash bytea,
    ip48_hash bytea,
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    closed_at timestamptz,
    closed_by text,
    outcome text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX lost_phone_reports_phone ON lost_phone_reports (new_phone_index, created_at);
CREATE INDEX lost_phone_reports_browser ON lost_phone_reports (browser_hash, created_at);
CREATE INDEX lost_phone_reports_ip ON lost_phone_reports (ip_hash, created_at);
CREATE INDEX lost_phone_reports_ip56 ON lost_phone_reports (ip56_hash, created_at);
CREATE INDEX lost_phone_reports_ip48 ON lost_phone_reports (ip48_hash, created_at);
CREATE INDEX lost_phone_reports_state ON lost_phone_reports (state, created_at);
CREATE INDEX lost_phone_reports_updated ON lost_phone_reports (updated_at);
