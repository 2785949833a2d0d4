-- Schools that go to another installation or came from one. While a school is on its way, triggers that the store makes refuse
-- what would change it; `task_ids` answers the links of a school that is gone.
CREATE TABLE school_moves (
    school_id uuid NOT NULL PRIMARY KEY REFERENCES schools (id),
    state text NOT NULL CHECK (state IN ('moving', 'moved', 'arrived')),
    address text NOT NULL,
    task_ids jsonb NOT NULL,
    receipt_hash bytea NOT NULL,
    started_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
-- The public halves of the keys with which the installations signed that schools came from: what they signed is still valid.
CREATE TABLE former_signing_keys (
    id text NOT NULL PRIMARY KEY,
    public_key bytea NOT NULL,
    address text NOT NULL,
    added_at timestamptz NOT NULL
);
