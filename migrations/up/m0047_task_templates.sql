-- Settings of tasks that are kept to make tasks from: those of a school, and those that the bureau offers to every school.
CREATE TABLE task_templates (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid REFERENCES schools (id),
    name text NOT NULL,
    settings jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX task_templates_school ON task_templates (school_id, id);
