-- Approvals in doubt, since their reviewer missed too many known faults: what became of each photo.
CREATE TABLE photo_recalls (
    review_id uuid NOT NULL PRIMARY KEY,
    photo_id uuid NOT NULL,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    stage text NOT NULL CHECK (stage IN ('school', 'bureau')),
    reviewer_id uuid NOT NULL REFERENCES accounts (id),
    state text NOT NULL CHECK (state IN ('due', 'returned', 'delivered', 'void')),
    recalled_at timestamptz NOT NULL
);
CREATE INDEX photo_recalls_due ON photo_recalls (review_id) WHERE state = 'due';
CREATE INDEX photo_recalls_school ON photo_recalls (school_id, review_id);
CREATE INDEX photo_recalls_photo ON photo_recalls (photo_id);
CREATE INDEX photo_recalls_task ON photo_recalls (task_id);
