DROP INDEX verification_attempts_network;
CREATE INDEX verification_attempts_network ON verification_attempts (network_hash, created_at);
