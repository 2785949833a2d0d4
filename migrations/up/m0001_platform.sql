CREATE TABLE schools (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL UNIQUE,
    state text NOT NULL CHECK (state IN ('active', 'suspended')),
    created_at timestamptz NOT NULL
);

CREATE TABLE school_aliases (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    alias text NOT NULL,
    alias_folded text NOT NULL,
    UNIQUE (school_id, alias_folded)
);
CREATE INDEX school_aliases_folded ON school_aliases (alias_folded);

CREATE TABLE tasks (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    name text NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'handed_over', 'purged')),
    opens_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    settings jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK (opens_at < closes_at)
);
CREATE INDEX tasks_state ON tasks (school_id, state);

CREATE TABLE data_keys (
    id uuid NOT NULL PRIMARY KEY,
    scope text NOT NULL,
    purpose text NOT NULL,
    kek_id text NOT NULL,
    wrapped bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'old')),
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX data_keys_one_active ON data_keys (scope, purpose) WHERE state = 'active';
