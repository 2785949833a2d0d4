-- One row that servers write to find out whether the database takes writes.
CREATE TABLE readiness_probes (
    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
    written_at timestamptz NOT NULL
);
