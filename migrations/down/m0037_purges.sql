DROP INDEX photo_reviews_task;
DROP INDEX roster_ids_task;
DROP TABLE task_purges;
ALTER TABLE tasks DROP COLUMN ended_at;
