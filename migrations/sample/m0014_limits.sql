INSERT INTO spent_captchas (challenge_hash, expires_at) VALUES (x'6368616c6c656e6765', '2026-04-20T01:05:00+00:00');

INSERT INTO code_failures (phone_index, browser_hash, failures, window_started_at)
VALUES (x'70686f6e6520696e646578', x'62726f77736572', 2, '2026-04-20T01:00:00+00:00');

INSERT INTO known_browsers (account_id, browser_hash, last_login_at)
VALUES (x'01980000000070008000000000000010', x'62726f77736572', '2026-04-20T01:30:00.250+00:00');
