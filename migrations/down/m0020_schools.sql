DROP INDEX audit_events_school;
ALTER TABLE schools DROP COLUMN contact;
ALTER TABLE schools DROP COLUMN version;
