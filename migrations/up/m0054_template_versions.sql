-- Counts the changes of a template, so that nobody renames what somebody else just renamed.
ALTER TABLE task_templates ADD COLUMN version integer NOT NULL DEFAULT 1;
