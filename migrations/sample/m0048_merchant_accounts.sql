INSERT INTO merchant_accounts (
    id, school_id, provider, name, merchant_no, application, fee_basis_points, keys_sealed, retired_at, version, created_at,
    updated_at
) VALUES (
    x'01980000000070008000000000000071', x'01980000000070008000000000000001', 'wechat_pay', 'k3v9q2m8x7c4d5e6', '1900000002',
    'wx8888888888888888', 60, x'736563726574', NULL, 1, '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:30:00.250+00:00'
);
