-- The progress of many students is counted once for everybody who may see the same ones. docs/decisions/0070.
CREATE TABLE task_progress (
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    view_hash bytea NOT NULL,
    counts text NOT NULL,
    counted_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (school_id, task_id, view_hash)
);
-- The students of a class are found without reading the others of the task.
CREATE INDEX roster_entries_class ON roster_entries (school_id, task_id, state, class_name);
