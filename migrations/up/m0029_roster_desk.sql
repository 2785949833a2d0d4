-- Questions of a school by page; how far the students of a task are; when students were reminded.
CREATE INDEX roster_tickets_page ON roster_tickets (school_id, id);
CREATE INDEX roster_entries_group ON roster_entries (school_id, task_id, state, college, major, class_name);
CREATE INDEX enrolments_task ON enrolments (school_id, task_id, state);

CREATE TABLE student_reminders (
    entry_id uuid NOT NULL PRIMARY KEY REFERENCES roster_entries (id),
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    times integer NOT NULL CHECK (times > 0),
    reminded_at timestamptz NOT NULL
);
