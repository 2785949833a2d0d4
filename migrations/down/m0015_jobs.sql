DROP INDEX jobs_open;
ALTER TABLE jobs DROP COLUMN dead_at;
ALTER TABLE jobs DROP COLUMN result;
ALTER TABLE jobs DROP COLUMN is_cancel_requested;
ALTER TABLE jobs DROP COLUMN progress_total;
ALTER TABLE jobs DROP COLUMN progress_done;
ALTER TABLE jobs DROP COLUMN heartbeat_at;
ALTER TABLE jobs DROP COLUMN failures;
