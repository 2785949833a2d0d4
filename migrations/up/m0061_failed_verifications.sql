-- A verification asks when others failed on the same network. Without the outcome in the index it reads every attempt of
-- the last hours, those that succeeded too: all of a campus, on its busiest day.
DROP INDEX verification_attempts_network;
CREATE INDEX verification_attempts_network ON verification_attempts (network_hash, succeeded, created_at);
