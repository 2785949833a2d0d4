ALTER TABLE enrolments DROP COLUMN is_barred;
ALTER TABLE enrolments DROP COLUMN proven;
DROP INDEX accounts_inactive;
DROP INDEX sessions_live;
DROP INDEX sessions_successor;
ALTER TABLE sessions DROP COLUMN system_family;
ALTER TABLE sessions DROP COLUMN family_began_at;
ALTER TABLE sessions DROP COLUMN successor_salt;
