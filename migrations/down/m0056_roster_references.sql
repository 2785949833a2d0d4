DROP INDEX enrolments_entry;
DROP INDEX roster_ids_entry;
CREATE INDEX roster_ids_entry ON roster_ids (school_id, entry_id);
