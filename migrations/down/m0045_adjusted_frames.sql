ALTER TABLE photos DROP COLUMN adjusted_at;
