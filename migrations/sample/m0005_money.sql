INSERT INTO orders (
    id, order_no, school_id, task_id, enrolment_id, account_id, list_fen, due_fen, payer_kind, state,
    closed_reason, settled_by, refunded_fen, needs_review, contact_sealed, due_until, paid_at,
    closed_at, version, created_at
) VALUES (
    x'01980000000070008000000000000040', '10001-260420-7K3M9QXT', x'01980000000070008000000000000001',
    x'01980000000070008000000000000003', x'01980000000070008000000000000022',
    x'01980000000070008000000000000010', 2000, 2000, 'student', 'partially_refunded', NULL,
    x'01980000000070008000000000000042', 500, false, x'636f6e74616374', '2026-06-20T16:00:00+00:00',
    '2026-04-20T01:30:00.250+00:00', NULL, 3, '2026-04-20T01:00:00+00:00'
);

INSERT INTO order_lines (
    id, order_id, position, code, amount_fen
) VALUES (
    x'01980000000070008000000000000041', x'01980000000070008000000000000040', 0, 'collection', 2000
);

INSERT INTO payment_attempts (
    id, school_id, order_id, provider, product, merchant_account, out_trade_no, amount_fen, state,
    disposition, provider_txn_id, payer_ref_sealed, paid_at, create_params, credential,
    credential_expires_at, expires_at, superseded_at, next_poll_at, polls, last_polled_at, last_error,
    created_at
) VALUES (
    x'01980000000070008000000000000042', x'01980000000070008000000000000001',
    x'01980000000070008000000000000040', 'wechat_pay', 'native', 'main', 'GP2604207K3M9QXT01', 2000,
    'succeeded', 'applied', '4200000000202604200000000001', x'7061796572',
    '2026-04-20T01:30:00.250+00:00', '{"description": "图像采集"}',
    '{"qr_code": "weixin://wxpay/bizpayurl?pr=1"}', '2026-04-20T02:00:00+00:00',
    '2026-04-20T01:45:00+00:00', NULL, NULL, 1, '2026-04-20T01:30:00.250+00:00', NULL,
    '2026-04-20T01:00:00+00:00'
);

INSERT INTO refunds (
    id, school_id, order_id, attempt_id, out_refund_no, amount_fen, reason_code, requested_by, state,
    provider_refund_id, submitted_at, succeeded_at, next_poll_at, last_error, created_at
) VALUES (
    x'01980000000070008000000000000043', x'01980000000070008000000000000001',
    x'01980000000070008000000000000040', x'01980000000070008000000000000042', 'GR2604207K3M9QXT01', 500,
    'postage_returned', 'system', 'succeeded', '50300000002026042000000001',
    '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:30:00.250+00:00', NULL, NULL,
    '2026-04-20T01:30:00.250+00:00'
);

INSERT INTO ledger (
    id, event_id, at, order_id, attempt_id, refund_id, account, delta_fen, kind
) VALUES (
    x'01980000000070008000000000000044', x'01980000000070008000000000000042',
    '2026-04-20T01:30:00.250+00:00', x'01980000000070008000000000000040',
    x'01980000000070008000000000000042', NULL, 'wechat_pay:main', 2000, 'payment'
);

INSERT INTO ledger (
    id, event_id, at, order_id, attempt_id, refund_id, account, delta_fen, kind
) VALUES (
    x'01980000000070008000000000000045', x'01980000000070008000000000000042',
    '2026-04-20T01:30:00.250+00:00', x'01980000000070008000000000000040',
    x'01980000000070008000000000000042', NULL, 'order', -2000, 'payment'
);

INSERT INTO notify_inbox (
    id, provider, merchant_account, dedupe_key, kind, out_trade_no, headers, raw, plaintext_sealed,
    received_at, processed_at, result, error, seen_count
) VALUES (
    x'01980000000070008000000000000046', 'wechat_pay', 'main', '4200000000202604200000000001',
    'payment', 'GP2604207K3M9QXT01', '{"wechatpay-serial": "1"}', x'7b7d', x'706c61696e74657874',
    '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:30:00.250+00:00', 'applied', NULL, 2
);

INSERT INTO provider_calls (
    id, at, merchant_account, operation, out_no, http_status, code, request_id, duration_ms, outcome
) VALUES (
    x'01980000000070008000000000000047', '2026-04-20T01:30:00.250+00:00', 'main', 'query',
    'GP2604207K3M9QXT01', 200, NULL, '08F78BB5AF0610D302', 84, 'definite'
);
