INSERT INTO photos (
    id, school_id, task_id, enrolment_id, upload_id, number, state, original_key, original_sha256,
    original_bytes, framed_key, framed_sha256, framed_bytes, thumb_key, crop, measurements, verdict,
    rules_version, source, note, review, created_at, state_at, version
) VALUES (
    x'01980000000070008000000000000030', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', x'01980000000070008000000000000022',
    x'01980000000070008000000000000031', 1, 'pending_review', 'photos/1/original',
    x'68617368206f6620746865206f726967696e616c', 2400000, 'photos/1/framed',
    x'68617368206f662074686520726573756c74', 61000, 'photos/1/thumb',
    '{"x": 10, "y": 20, "width": 1200, "height": 1600}', '{}', '{"outcome": "pass", "findings": []}', 1, 'camera', NULL, NULL,
    '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:30:00.250+00:00', 2
);

INSERT INTO photo_checks (id, school_id, account_id, created_at) VALUES (
    x'01980000000070008000000000000032', x'01980000000070008000000000000001',
    x'01980000000070008000000000000010', '2026-04-20T01:30:00.250+00:00'
);
