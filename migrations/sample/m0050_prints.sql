UPDATE deliveries SET printed_at = ready_at;
UPDATE delivery_photos SET signed_at = '2026-05-20T01:30:00.250+00:00';
