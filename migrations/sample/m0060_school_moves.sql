INSERT INTO school_moves (school_id, state, address, task_ids, receipt_hash, started_at, updated_at) VALUES (
    x'01980000000070008000000000000001', 'arrived', 'https://old.example.cn', '[]', x'', '2026-05-02T01:30:00.250+00:00',
    '2026-05-02T01:30:00.250+00:00'
);
INSERT INTO former_signing_keys (id, public_key, address, added_at) VALUES (
    '0123456789abcdef0123456789abcdef', x'6b6579', 'https://old.example.cn', '2026-05-02T01:30:00.250+00:00'
);
