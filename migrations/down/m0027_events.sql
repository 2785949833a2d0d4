DROP TABLE event_positions;
DROP INDEX events_unplaced;
DROP INDEX events_school_position;
DROP INDEX events_position;
ALTER TABLE events DROP COLUMN position;
