-- Prints: when a package's photos were printed, when the school had them, and when each student signed for theirs.
ALTER TABLE deliveries ADD COLUMN printed_at timestamptz;
ALTER TABLE deliveries ADD COLUMN prints_received_at timestamptz;
ALTER TABLE delivery_photos ADD COLUMN signed_at timestamptz;
