ALTER TABLE seeded_items DROP COLUMN framing;
ALTER TABLE known_photos DROP COLUMN crop;
