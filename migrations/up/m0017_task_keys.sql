-- One more kind of erasure: the keys of a task. A CHECK cannot be changed on both databases, so the table is made anew.
ALTER TABLE erasures RENAME TO erasures_before;
DROP INDEX erasures_at;
CREATE TABLE erasures (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('account', 'consent', 'photo', 'task_keys')),
    object_id uuid NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (kind, object_id)
);
INSERT INTO erasures (id, kind, object_id, at) SELECT id, kind, object_id, at FROM erasures_before;
DROP TABLE erasures_before;
CREATE INDEX erasures_at ON erasures (at, id);

-- The keys of a task are found by its id when they are destroyed.
CREATE INDEX data_keys_scope ON data_keys (scope);
