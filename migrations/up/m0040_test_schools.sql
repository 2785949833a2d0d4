-- Schools for trying the API, each with a clock of its own.
ALTER TABLE schools ADD COLUMN is_test boolean NOT NULL DEFAULT false;
ALTER TABLE schools ADD COLUMN clock_offset_s bigint NOT NULL DEFAULT 0;
