-- A database looks up by `entry_id` alone whether a student who is deleted is named anywhere: without an index that
-- begins with it, each deletion reads the whole table.
DROP INDEX roster_ids_entry;
CREATE INDEX roster_ids_entry ON roster_ids (entry_id);
CREATE INDEX enrolments_entry ON enrolments (entry_id);
