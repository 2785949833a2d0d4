-- When a task ended, from which the days are counted after which its personal data are deleted; and each such purge.
ALTER TABLE tasks ADD COLUMN ended_at timestamptz;
UPDATE tasks SET ended_at = closes_at WHERE state IN ('closed', 'handed_over', 'purged');

CREATE TABLE task_purges (
    task_id uuid NOT NULL PRIMARY KEY REFERENCES tasks (id),
    school_id uuid NOT NULL REFERENCES schools (id),
    counts jsonb NOT NULL,
    started_at timestamptz NOT NULL,
    done_at timestamptz,
    certificate text,
    signing_key_id text,
    signature bytea,
    CHECK ((done_at IS NULL) = (certificate IS NULL)),
    CHECK ((done_at IS NULL) = (signing_key_id IS NULL)),
    CHECK ((done_at IS NULL) = (signature IS NULL))
);
CREATE INDEX task_purges_running ON task_purges (started_at) WHERE done_at IS NULL;
-- What is left of tasks whose keys were destroyed before goes now.
INSERT INTO task_purges (task_id, school_id, counts, started_at)
SELECT tasks.id, tasks.school_id, '{}', erasures.at FROM tasks
INNER JOIN erasures ON erasures.kind = 'task_keys' AND erasures.object_id = tasks.id
WHERE tasks.state = 'purged';

-- A purge deletes by task.
CREATE INDEX roster_ids_task ON roster_ids (task_id);
CREATE INDEX photo_reviews_task ON photo_reviews (task_id);
