INSERT INTO roster_entries (
    id, school_id, task_id, level, name_sealed, student_no_sealed, student_no_index, college,
    class_name, major, expected_graduation, state, version, created_at, updated_at
) VALUES (
    x'01980000000070008000000000000020', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', 'ba', x'6e616d65', NULL, NULL, '数学科学学院', NULL, '统计学',
    '2026-07-01', 'listed', 1, '2026-04-20T01:00:00+00:00', '2026-04-20T01:00:00+00:00'
);

INSERT INTO roster_ids (
    id, school_id, task_id, entry_id, level, id_index, id_type, number_sealed
) VALUES (
    x'01980000000070008000000000000021', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', x'01980000000070008000000000000020', 'ba', x'696420696e646578',
    'cn_id', x'6e756d626572'
);

INSERT INTO enrolments (
    id, school_id, task_id, entry_id, account_id, state, created_at, released_at
) VALUES (
    x'01980000000070008000000000000022', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', x'01980000000070008000000000000020',
    x'01980000000070008000000000000010', 'live', '2026-04-20T01:30:00.250+00:00', NULL
);

INSERT INTO verification_attempts (
    id, school_id, task_id, account_id, id_index, network_hash, succeeded, created_at
) VALUES (
    x'01980000000070008000000000000023', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', x'01980000000070008000000000000010', x'696420696e646578', x'6e6574776f726b', true,
    '2026-04-20T01:30:00.250+00:00'
);

INSERT INTO roster_tickets (
    id, school_id, task_id, account_id, id_type, number_sealed, number_masked, level, name_sealed, note,
    state, answer, created_at, updated_at
) VALUES (
    x'01980000000070008000000000000024', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', x'01980000000070008000000000000010', 'passport',
    x'6e756d626572', 'E1****78', 'ba', x'6e616d65', '换了护照', 'open', NULL, '2026-04-20T01:00:00+00:00',
    '2026-04-20T01:00:00+00:00'
);
