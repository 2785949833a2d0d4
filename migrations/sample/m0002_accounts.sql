INSERT INTO accounts (
    id, phone_index, phone_sealed, state, language, email_sealed, address_sealed, created_at,
    last_login_at, version
) VALUES (
    x'01980000000070008000000000000010', x'70686f6e6520696e646578', x'70686f6e65', 'active', 'zh-CN',
    NULL, NULL, '2026-04-20T01:00:00+00:00', '2026-04-20T01:30:00.250+00:00', 1
);

INSERT INTO staff_roles (
    id, account_id, role, school_id, created_at
) VALUES (
    x'01980000000070008000000000000011', x'01980000000070008000000000000010', 'operator', NULL,
    '2026-04-20T01:00:00+00:00'
);

INSERT INTO consents (
    id, account_id, document, document_version, text_hash, channel, granted_at, withdrawn_at
) VALUES (
    x'01980000000070008000000000000012', x'01980000000070008000000000000010', 'face_photo', '1', '6f1e',
    'web', '2026-04-20T01:00:00+00:00', NULL
);

INSERT INTO sessions (
    id, account_id, family_id, refresh_hash, created_at, rotated_at, successor_id, revoked_at,
    revoked_reason, expires_at, user_agent_family
) VALUES (
    x'0198000000007000800000000000001e', x'01980000000070008000000000000010',
    x'01980000000070008000000000000013', x'7365636f6e6420746f6b656e', '2026-04-20T01:30:00.250+00:00',
    NULL, NULL, NULL, NULL, '2026-05-20T01:30:00+00:00', 'Chrome'
);

INSERT INTO sessions (
    id, account_id, family_id, refresh_hash, created_at, rotated_at, successor_id, revoked_at,
    revoked_reason, expires_at, user_agent_family
) VALUES (
    x'01980000000070008000000000000013', x'01980000000070008000000000000010',
    x'01980000000070008000000000000013', x'666972737420746f6b656e', '2026-04-20T01:00:00+00:00',
    '2026-04-20T01:30:00.250+00:00', x'0198000000007000800000000000001e', NULL, NULL,
    '2026-05-20T01:00:00+00:00', 'Chrome'
);

INSERT INTO sms_challenges (
    id, phone_index, phone_sealed, purpose, browser_hash, code_hash, tries, created_at, expires_at,
    used_at, voided_at, ip_hash
) VALUES (
    x'01980000000070008000000000000014', x'70686f6e6520696e646578', x'70686f6e65', 'phone_change_old',
    x'62726f77736572', x'636f6465', 0, '2026-04-20T01:00:00+00:00', '2026-04-20T01:05:00+00:00',
    '2026-04-20T01:30:00.250+00:00', NULL, x'61646472657373'
);

INSERT INTO sms_challenges (
    id, phone_index, phone_sealed, purpose, browser_hash, code_hash, tries, created_at, expires_at,
    used_at, voided_at, ip_hash
) VALUES (
    x'01980000000070008000000000000015', x'6e65772070686f6e6520696e646578', x'70686f6e65',
    'phone_change_new', x'62726f77736572', x'636f6465', 0, '2026-04-20T01:00:00+00:00',
    '2026-04-20T01:05:00+00:00', NULL, NULL, x'61646472657373'
);

INSERT INTO sms_messages (
    id, challenge_id, phone_index, template, provider, state, provider_id, error, created_at, sent_at
) VALUES (
    x'01980000000070008000000000000016', x'01980000000070008000000000000014', x'70686f6e6520696e646578',
    'login_code', 'aliyun', 'sent', '900619746936498440^0', NULL, '2026-04-20T01:00:00+00:00',
    '2026-04-20T01:30:00.250+00:00'
);

INSERT INTO phone_changes (
    id, account_id, old_challenge_id, new_challenge_id, new_phone_index, new_phone_sealed, created_at,
    expires_at, done_at
) VALUES (
    x'01980000000070008000000000000017', x'01980000000070008000000000000010',
    x'01980000000070008000000000000014', x'01980000000070008000000000000015',
    x'6e65772070686f6e6520696e646578', x'70686f6e65', '2026-04-20T01:00:00+00:00',
    '2026-04-20T01:15:00+00:00', NULL
);
