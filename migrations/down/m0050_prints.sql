ALTER TABLE delivery_photos DROP COLUMN signed_at;
ALTER TABLE deliveries DROP COLUMN prints_received_at;
ALTER TABLE deliveries DROP COLUMN printed_at;
