-- Packages that come as several archives, for receivers that take no larger ones.
ALTER TABLE deliveries ADD COLUMN parts jsonb NOT NULL DEFAULT '[]';
