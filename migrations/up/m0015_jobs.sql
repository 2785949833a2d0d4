-- Jobs are leased by workers, and a worker says every few seconds that it still works.
ALTER TABLE jobs ADD COLUMN failures integer NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN heartbeat_at timestamptz;
ALTER TABLE jobs ADD COLUMN progress_done bigint NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN progress_total bigint;
ALTER TABLE jobs ADD COLUMN is_cancel_requested boolean NOT NULL DEFAULT false;
ALTER TABLE jobs ADD COLUMN result jsonb;
-- When it had failed too often: nothing takes it up again but a person.
ALTER TABLE jobs ADD COLUMN dead_at timestamptz;
CREATE INDEX jobs_open ON jobs (kind, available_at) WHERE done_at IS NULL AND dead_at IS NULL;
