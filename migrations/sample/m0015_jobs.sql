UPDATE jobs SET kind = 'blobs.delete', payload = '[]', failures = 1, heartbeat_at = '2026-04-20T01:30:00.250+00:00',
    progress_done = 1, progress_total = 3, result = '{"deleted": 1}', dead_at = '2026-04-22T01:30:00.250+00:00';
