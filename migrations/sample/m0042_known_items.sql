INSERT INTO known_photos (
    id, outcome, reasons, origin, original_sha256, original_key, framed_key, thumb_key, verdict, added_by, added_at
) VALUES (
    x'01980000000070008000000000000420', 'rejected', '["blur"]', 'drawn by a program', x'6f726967', 'a', 'b', 'c',
    '{"outcome": "pass", "findings": []}', x'01980000000070008000000000000010', '2026-04-20T01:00:00+00:00'
);
INSERT INTO seeded_items (
    photo_id, known_id, beside_id, school_id, task_id, stage, submitted_at, reviewer_id, result, decided_at
) VALUES (
    x'01980000000070008000000000000421', x'01980000000070008000000000000420', x'01980000000070008000000000000030',
    x'01980000000070008000000000000001', x'01980000000070008000000000000003', 'bureau', '2026-04-20T01:00:00+00:00',
    x'01980000000070008000000000000010', 'missed', '2026-04-20T01:40:00+00:00'
);
