INSERT INTO webhook_endpoints (
    id, school_id, url, kinds, description, state, disabled_reason, failing_since, failing_told_at, created_by, version,
    created_at, updated_at
) VALUES (
    x'01980000000070008000000000000060', x'01980000000070008000000000000001', 'https://registrar.example.edu.cn/hooks',
    '["photo.approved"]', '教务系统', 'disabled', 'failing', '2026-04-20T01:30:00.250+00:00', NULL,
    x'01980000000070008000000000000010', 2, '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:30:00.250+00:00'
);

INSERT INTO webhook_secrets (id, endpoint_id, secret_sealed, created_at, expires_at) VALUES (
    x'01980000000070008000000000000061', x'01980000000070008000000000000060', x'736563726574',
    '2026-04-20T01:30:00.250+00:00', NULL
);

INSERT INTO webhook_deliveries (
    id, endpoint_id, event_id, school_id, kind, state, tries, next_at, leased_until, created_at, updated_at
) VALUES (
    x'01980000000070008000000000000062', x'01980000000070008000000000000060', x'01980000000070008000000000000051',
    x'01980000000070008000000000000001', 'photo.approved', 'failed', 10, '2026-04-20T01:30:00.250+00:00', NULL,
    '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:30:00.250+00:00'
);

INSERT INTO webhook_attempts (id, delivery_id, at, duration_ms, status, fault, answer) VALUES (
    x'01980000000070008000000000000063', x'01980000000070008000000000000062', '2026-04-20T01:30:00.250+00:00',
    15000, NULL, 'timed_out', ''
);
