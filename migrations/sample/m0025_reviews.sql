INSERT INTO review_queue (
    photo_id, school_id, task_id, stage, is_clean, is_escalated, since, leased_by, leased_until, decision_id, version
) VALUES (
    x'01980000000070008000000000000030', x'01980000000070008000000000000001', x'01980000000070008000000000000003',
    'bureau', TRUE, FALSE, '2026-04-20T01:30:00.250+00:00', NULL, NULL, NULL, 1
) ON CONFLICT DO NOTHING;

INSERT INTO photo_reviews (
    id, photo_id, school_id, task_id, stage, reviewer_id, outcome, reasons, note_sealed, decided_at, effective_at, state, state_at
) VALUES (
    x'01980000000070008000000000000033', x'01980000000070008000000000000030', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', 'bureau', x'01980000000070008000000000000010', 'rejected', '["hair"]',
    x'6e6f7465', '2026-04-20T01:40:00+00:00', '2026-04-20T01:40:10+00:00', 'undone', '2026-04-20T01:40:05+00:00'
);
