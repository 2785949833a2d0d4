-- When a reviewer last turned a photo or moved its frame.
ALTER TABLE photos ADD COLUMN adjusted_at timestamptz;
