DROP INDEX photos_changed;
DROP TABLE spent_token_ids;
DROP TABLE integrator_credentials;
DROP TABLE integrators;
