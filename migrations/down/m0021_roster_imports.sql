DROP TABLE roster_import_rows;
DROP TABLE roster_imports;
DROP INDEX roster_entries_import;
DROP INDEX roster_entries_page;
DROP INDEX roster_entries_student_no;
DROP INDEX roster_entries_name;
ALTER TABLE roster_entries DROP COLUMN import_id;
ALTER TABLE roster_entries DROP COLUMN corrected;
ALTER TABLE roster_entries DROP COLUMN name_index;
