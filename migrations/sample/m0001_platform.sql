INSERT INTO schools (
    id, code, name, name_folded, state, created_at
) VALUES (
    x'01980000000070008000000000000001', '10001', '北京大学', '北京大学', 'active', '2026-04-20T01:00:00+00:00'
);

INSERT INTO school_aliases (
    id, school_id, alias, alias_folded
) VALUES (
    x'01980000000070008000000000000002', x'01980000000070008000000000000001', '北大', '北大'
);

INSERT INTO tasks (
    id, school_id, name, state, opens_at, closes_at, settings, version, created_at
) VALUES (
    x'01980000000070008000000000000003', x'01980000000070008000000000000001', '2026 届毕业生图像采集', 'open',
    '2026-04-20T01:00:00+00:00', '2026-06-20T16:00:00+00:00', '{"version": 1}', 1,
    '2026-04-20T01:00:00+00:00'
);

INSERT INTO data_keys (
    id, scope, purpose, kek_id, wrapped, state, created_at
) VALUES (
    x'01980000000070008000000000000004', 'platform', 'account', 'kek-1', x'77726170706564206b6579',
    'active', '2026-04-20T01:00:00+00:00'
);
