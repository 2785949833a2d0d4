INSERT INTO jobs (
    id, kind, key, payload, available_at, attempts, leased_until, lease_owner, done_at, last_error,
    created_at
) VALUES (
    x'01980000000070008000000000000050', 'refund_submit', 'GR2604207K3M9QXT01', '{}',
    '2026-04-20T01:30:00.250+00:00', 1, '2026-04-20T01:30:00.250+00:00', 'copy-1', NULL, NULL,
    '2026-04-20T01:30:00.250+00:00'
);

INSERT INTO events (
    id, school_id, object_type, object_id, kind, sequence, payload, at
) VALUES (
    x'01980000000070008000000000000051', x'01980000000070008000000000000001', 'photo',
    x'01980000000070008000000000000030', 'photo.submitted', 1, '{}', '2026-04-20T01:30:00.250+00:00'
);

INSERT INTO idempotency_keys (
    id, principal, route, key, request_hash, state, status, body, created_at, updated_at, expires_at
) VALUES (
    x'01980000000070008000000000000052', 'account:1', 'createPayment', '7d9f',
    x'68617368206f66207468652072657175657374', 'done', 201, '{"state": "paying"}',
    '2026-04-20T01:00:00+00:00', '2026-04-20T01:30:00.250+00:00', '2026-04-27T01:00:00+00:00'
);

INSERT INTO audit_events (
    id, at, actor_kind, actor_id, subject_account_id, school_id, action, object_type, object_id, reason,
    request_id, facts
) VALUES (
    x'01980000000070008000000000000053', '2026-04-20T01:30:00.250+00:00', 'self',
    x'01980000000070008000000000000010', x'01980000000070008000000000000010',
    x'01980000000070008000000000000001', 'photo.viewed', 'photo', x'01980000000070008000000000000030',
    NULL, 'req-1', '{}'
);
