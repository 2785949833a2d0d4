-- The place of an audit entry in its school's chain, and its hash there. The sealer fills them in after the commit.
ALTER TABLE audit_events ADD COLUMN chain_id uuid;
ALTER TABLE audit_events ADD COLUMN chain_sequence bigint;
ALTER TABLE audit_events ADD COLUMN chain_hash bytea;
CREATE UNIQUE INDEX audit_events_chain ON audit_events (chain_id, chain_sequence);
CREATE INDEX audit_events_unsealed ON audit_events (id) WHERE chain_sequence IS NULL;

-- One row a chain: its last entry, and the entry up to which retention deleted it. Both are signed.
CREATE TABLE audit_chains (
    id uuid NOT NULL PRIMARY KEY,
    head_sequence bigint NOT NULL,
    head_hash bytea NOT NULL,
    head_signature text NOT NULL,
    checkpoint_sequence bigint NOT NULL,
    checkpoint_hash bytea NOT NULL,
    checkpoint_signature text,
    sealed_at timestamptz NOT NULL,
    CHECK (checkpoint_sequence >= 0 AND checkpoint_sequence <= head_sequence),
    CHECK ((checkpoint_sequence = 0) = (checkpoint_signature IS NULL))
);
