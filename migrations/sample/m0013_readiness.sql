INSERT INTO readiness_probes (id, written_at) VALUES (1, '2026-05-01T00:00:00Z');
