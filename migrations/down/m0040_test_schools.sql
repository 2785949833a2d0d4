ALTER TABLE schools DROP COLUMN clock_offset_s;
ALTER TABLE schools DROP COLUMN is_test;
