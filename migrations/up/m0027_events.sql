-- Reading events in one order: each gets a position soon after its commit, by one writer at a time. docs/decisions/0041.
ALTER TABLE events ADD COLUMN position bigint;
CREATE UNIQUE INDEX events_position ON events (position);
CREATE INDEX events_school_position ON events (school_id, position);
CREATE INDEX events_unplaced ON events (id) WHERE position IS NULL;

-- The latest position, which stays known after its event was deleted.
CREATE TABLE event_positions (
    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
    latest bigint NOT NULL
);
INSERT INTO event_positions (id, latest) VALUES (1, 0);
