UPDATE photos SET adjusted_at = '2026-04-20T01:35:00+00:00';
