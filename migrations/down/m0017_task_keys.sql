DROP INDEX data_keys_scope;
ALTER TABLE erasures RENAME TO erasures_before;
DROP INDEX erasures_at;
CREATE TABLE erasures (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('account', 'consent', 'photo')),
    object_id uuid NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (kind, object_id)
);
INSERT INTO erasures (id, kind, object_id, at)
    SELECT id, kind, object_id, at FROM erasures_before WHERE kind <> 'task_keys';
DROP TABLE erasures_before;
CREATE INDEX erasures_at ON erasures (at, id);
