DROP INDEX roster_entries_class;
DROP TABLE task_progress;
