ALTER TABLE deliveries DROP COLUMN parts;
