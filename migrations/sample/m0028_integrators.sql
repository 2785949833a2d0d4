INSERT INTO integrators (
    id, school_id, name, scopes, school_ids, networks, created_at, revoked_at, version
) VALUES (
    x'01980000000070008000000000000280', x'01980000000070008000000000000001', '教务系统',
    '["tasks:read", "photos:read"]', '["sch_01k000000007000800000000000001"]', '["203.0.113.0/24"]',
    '2026-04-20T01:00:00+00:00', NULL, 1
);

INSERT INTO integrator_credentials (
    id, integrator_id, kind, label, secret_hash, public_key, created_at, expires_at, revoked_at, last_used_at
) VALUES (
    x'01980000000070008000000000000281', x'01980000000070008000000000000280', 'secret', 'gpk_live_Ab3d…',
    x'68617368', NULL, '2026-04-20T01:00:00+00:00', '2027-04-20T01:00:00+00:00', NULL, '2026-04-21T01:00:00+00:00'
);

INSERT INTO spent_token_ids (id_hash, expires_at) VALUES (x'68617368', '2026-04-20T01:10:00+00:00');
