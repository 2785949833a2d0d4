INSERT INTO staff_roles (
    id, account_id, role, school_id, limits, created_at, version
) VALUES (
    x'01980000000070008000000000000190', x'01980000000070008000000000000010', 'officer',
    x'01980000000070008000000000000001', '{"colleges": ["法学院"], "classes": []}', '2026-04-20T01:00:00+00:00', 1
);

INSERT INTO staff_members (
    account_id, name_sealed, invited_at, totp_secret_sealed, totp_confirmed_at, totp_last_step, tries_full_at, version
) VALUES (
    x'01980000000070008000000000000010', x'6e616d65', '2026-04-20T01:00:00+00:00', x'736563726574',
    '2026-04-20T01:30:00+00:00', 59224321, NULL, 2
);

INSERT INTO staff_recovery_codes (
    id, account_id, code_hash, created_at, used_at
) VALUES (
    x'01980000000070008000000000000191', x'01980000000070008000000000000010', x'68617368',
    '2026-04-20T01:30:00+00:00', NULL
);

INSERT INTO staff_sessions (
    family_id, account_id, confirmed_at, last_seen_at
) VALUES (
    x'01980000000070008000000000000013', x'01980000000070008000000000000010', '2026-04-20T01:30:00+00:00',
    '2026-04-20T01:40:00+00:00'
);
