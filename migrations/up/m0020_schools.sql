-- Whom the bureau reaches at a school, and the count of changes by which two who edit it find each other.
ALTER TABLE schools ADD COLUMN contact text NOT NULL DEFAULT '';
ALTER TABLE schools ADD COLUMN version integer NOT NULL DEFAULT 1;
-- Who searches the log of one school begins at its entries.
CREATE INDEX audit_events_school ON audit_events (school_id, id);
