INSERT INTO task_purges (task_id, school_id, counts, started_at, done_at, certificate, signing_key_id, signature)
SELECT
    id, school_id, '{"photos":1}', '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:31:00.250+00:00', 'certificate', 'k1',
    x'00112233'
FROM tasks LIMIT 1;
