-- What pages look up of an enrolment and of a roster, so that neither reads a whole task.
CREATE INDEX orders_enrolment ON orders (school_id, enrolment_id);
CREATE INDEX roster_entries_updated ON roster_entries (school_id, task_id, updated_at);
