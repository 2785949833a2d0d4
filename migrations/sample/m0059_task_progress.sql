INSERT INTO task_progress (school_id, task_id, view_hash, counts, counted_at, due_at)
SELECT school_id, id, x'76696577', '{"total":[6000,0,0,0,0,0],"colleges":[],"majors":[],"classes":[],"days":[]}',
    '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:31:00.250+00:00' FROM tasks LIMIT 1;
