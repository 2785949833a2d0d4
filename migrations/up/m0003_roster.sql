CREATE TABLE roster_entries (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    level text NOT NULL CHECK (level IN ('phd', 'msc', 'pgc', 'ba2', 'ba', 'ja')),
    name_sealed bytea NOT NULL,
    student_no_sealed bytea,
    student_no_index bytea,
    college text,
    class_name text,
    major text,
    expected_graduation text,
    state text NOT NULL CHECK (state IN ('listed', 'withdrawn')),
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX roster_entries_level ON roster_entries (school_id, task_id, level);

CREATE TABLE roster_ids (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    entry_id uuid NOT NULL REFERENCES roster_entries (id),
    level text NOT NULL CHECK (level IN ('phd', 'msc', 'pgc', 'ba2', 'ba', 'ja')),
    id_index bytea NOT NULL,
    id_type text NOT NULL,
    number_sealed bytea NOT NULL,
    UNIQUE (school_id, task_id, level, id_index)
);
CREATE INDEX roster_ids_entry ON roster_ids (school_id, entry_id);

CREATE TABLE enrolments (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    entry_id uuid NOT NULL REFERENCES roster_entries (id),
    account_id uuid NOT NULL REFERENCES accounts (id),
    state text NOT NULL CHECK (state IN ('live', 'released')),
    created_at timestamptz NOT NULL,
    released_at timestamptz,
    CHECK ((state = 'released') = (released_at IS NOT NULL))
);
CREATE UNIQUE INDEX enrolments_one_live ON enrolments (school_id, entry_id) WHERE state = 'live';
CREATE INDEX enrolments_account ON enrolments (account_id);

CREATE TABLE verification_attempts (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    account_id uuid NOT NULL REFERENCES accounts (id),
    id_index bytea NOT NULL,
    network_hash bytea NOT NULL,
    succeeded boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX verification_attempts_account ON verification_attempts (account_id, created_at);
CREATE INDEX verification_attempts_id ON verification_attempts (task_id, id_index, created_at);
CREATE INDEX verification_attempts_network ON verification_attempts (network_hash, created_at);

CREATE TABLE roster_tickets (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    account_id uuid NOT NULL REFERENCES accounts (id),
    id_type text NOT NULL,
    number_sealed bytea NOT NULL,
    number_masked text NOT NULL,
    level text CHECK (level IN ('phd', 'msc', 'pgc', 'ba2', 'ba', 'ja')),
    name_sealed bytea,
    note text,
    state text NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    answer text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX roster_tickets_state ON roster_tickets (school_id, state, created_at);
CREATE INDEX roster_tickets_account ON roster_tickets (account_id);
