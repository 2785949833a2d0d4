UPDATE payment_attempts SET paid_fen = amount_fen;

UPDATE refunds SET note = '邮寄退回', needs_approval = true, approved_by = 'li',
    approved_at = '2026-04-20T01:30:00.250+00:00';

INSERT INTO money_cases (
    id, kind, key, provider, merchant_account, school_id, order_id, amount_fen, facts, state,
    seen_count, opened_at, resolved_at, resolved_by, resolution
) VALUES (
    x'01980000000070008000000000000070', 'unknown_payment', 'wechat_pay:main:G2604200000000000000000X',
    'wechat_pay', 'main', NULL, NULL, 2000, '{"transaction_id": "4200000000202604200000000002"}',
    'resolved', 1, '2026-04-20T01:30:00.250+00:00', '2026-04-21T01:30:00.250+00:00', 'li',
    '已在商户平台退款'
);

INSERT INTO reconciliations (
    id, provider, merchant_account, day, state, bill_key, bill_sha256, payments, paid_fen, refunds,
    refunded_fen, differences, tries, next_try_at, last_error, findings, created_at, finished_at
) VALUES (
    x'01980000000070008000000000000071', 'wechat_pay', 'main', '2026-04-20', 'done',
    'bills/wechat_pay/main/2026-04-20', x'00', 1, 2000, 1, 500, 0, 1, NULL, NULL,
    '{"differences": [], "fee": 12000, "fee_differences": [], "flow": null, "flow_missing": null}',
    '2026-04-21T02:30:00.250+00:00', '2026-04-21T02:30:01.250+00:00'
);

INSERT INTO bill_rows (
    id, reconciliation_id, kind, out_trade_no, out_refund_no, provider_no, amount_fen, difference
) VALUES (
    x'01980000000070008000000000000072', x'01980000000070008000000000000071', 'payment',
    'GP2604207K3M9QXT01', NULL, '4200000000202604200000000001', 2000, NULL
);
