-- A page of a roster has fifty students one after the other: the numbers of all, and who holds their entries, are one range of
-- an index that begins with the task. As fifty look-ups they cost fifty pages more with each level of the index.
DROP INDEX roster_ids_task;
CREATE INDEX roster_ids_task ON roster_ids (task_id, entry_id);
DROP INDEX enrolments_task;
CREATE INDEX enrolments_task ON enrolments (school_id, task_id, state, entry_id);
-- A package reads the photos of a task in the order of their ids, some at a time.
CREATE INDEX photos_task ON photos (school_id, task_id, id);
-- A reviewer of every school gets the photos that wait longest without sorting all that wait.
CREATE INDEX review_queue_longest ON review_queue (stage, is_escalated, since, photo_id) WHERE decision_id IS NULL;
