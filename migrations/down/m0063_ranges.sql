DROP INDEX review_queue_longest;
DROP INDEX photos_task;
DROP INDEX enrolments_task;
CREATE INDEX enrolments_task ON enrolments (school_id, task_id, state);
DROP INDEX roster_ids_task;
CREATE INDEX roster_ids_task ON roster_ids (task_id);
