INSERT INTO task_templates (id, school_id, name, settings, created_at) VALUES (
    x'01980000000070008000000000000070', x'01980000000070008000000000000001', '每年春季',
    '{"version":1,"fees":[],"payer":"free","identity":"roster","photo":{},"max_photos":3,"resubmit_days":2,"audience":{"zh":"","en":""},"contact":""}',
    '2026-04-20T01:30:00.250+00:00'
);
