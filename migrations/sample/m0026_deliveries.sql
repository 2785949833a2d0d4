INSERT INTO deliveries (
    id, school_id, task_id, kind, state, profile, settings, base_id, counts, photos_done, photos_total, object_key,
    object_bytes, object_sha256, failure, account_id, created_at, updated_at, ready_at, acknowledged_at
) SELECT
    x'01980000000070008000000000000260', school_id, task_id, 'full', 'ready', 'student-number',
    '{"profile":"student-number","split":"none","charset":"utf-8","min_kb":null,"max_kb":null}', NULL, '{"added":1}', 1, 1, '',
    1024, x'00112233', NULL, NULL, '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:31:00.250+00:00',
    '2026-04-20T01:31:00.250+00:00', NULL
FROM photos LIMIT 1;
INSERT INTO delivery_photos (id, school_id, delivery_id, photo_id, change, name_sealed, row_index)
SELECT
    x'01980000000070008000000000000261', school_id, x'01980000000070008000000000000260', id, 'added', x'6e616d65', x'00112233'
FROM photos LIMIT 1;
