INSERT INTO student_reminders (entry_id, school_id, task_id, times, reminded_at)
SELECT id, school_id, task_id, 1, '2026-04-20T01:30:00.250+00:00' FROM roster_entries LIMIT 1;
