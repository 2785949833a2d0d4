DROP TABLE audit_chains;
DROP INDEX audit_events_unsealed;
DROP INDEX audit_events_chain;
ALTER TABLE audit_events DROP COLUMN chain_hash;
ALTER TABLE audit_events DROP COLUMN chain_sequence;
ALTER TABLE audit_events DROP COLUMN chain_id;
