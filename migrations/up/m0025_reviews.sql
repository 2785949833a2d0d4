-- Review: the photos that wait, each for one stage and with at most one reviewer, and what reviewers decided.
ALTER TABLE photos ADD COLUMN review_note_sealed bytea;

CREATE TABLE review_queue (
    photo_id uuid NOT NULL PRIMARY KEY REFERENCES photos (id),
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    stage text NOT NULL CHECK (stage IN ('school', 'bureau')),
    is_clean boolean NOT NULL,
    is_escalated boolean NOT NULL,
    since timestamptz NOT NULL,
    leased_by uuid REFERENCES accounts (id),
    leased_until timestamptz,
    decision_id uuid,
    version integer NOT NULL,
    CHECK ((leased_by IS NULL) = (leased_until IS NULL))
);
-- Those that nobody decided about, the oldest first.
CREATE INDEX review_queue_waiting ON review_queue (stage, school_id, since) WHERE decision_id IS NULL;
CREATE INDEX review_queue_lease ON review_queue (leased_by) WHERE leased_by IS NOT NULL;

INSERT INTO review_queue (photo_id, school_id, task_id, stage, is_clean, is_escalated, since, version)
SELECT id, school_id, task_id, 'bureau', FALSE, FALSE, state_at, 1 FROM photos WHERE state = 'pending_review';

CREATE TABLE photo_reviews (
    id uuid NOT NULL PRIMARY KEY,
    photo_id uuid NOT NULL REFERENCES photos (id),
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    stage text NOT NULL CHECK (stage IN ('school', 'bureau')),
    reviewer_id uuid NOT NULL REFERENCES accounts (id),
    outcome text NOT NULL CHECK (outcome IN ('approved', 'rejected', 'escalated')),
    reasons jsonb NOT NULL,
    note_sealed bytea,
    decided_at timestamptz NOT NULL,
    effective_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('undoable', 'in_force', 'undone', 'void')),
    state_at timestamptz NOT NULL
);
CREATE INDEX photo_reviews_photo ON photo_reviews (photo_id, decided_at);
CREATE INDEX photo_reviews_reviewer ON photo_reviews (reviewer_id, decided_at);
CREATE INDEX photo_reviews_due ON photo_reviews (effective_at) WHERE state = 'undoable';
