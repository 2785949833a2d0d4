ALTER TABLE task_templates DROP COLUMN version;
