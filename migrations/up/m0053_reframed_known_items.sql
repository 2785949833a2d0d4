-- Known items that a reviewer turned or framed anew: their own files, frame and findings; and the frame of each known photo, so
-- that it is shown as that of any other.
ALTER TABLE known_photos ADD COLUMN crop jsonb;
ALTER TABLE seeded_items ADD COLUMN framing jsonb;
