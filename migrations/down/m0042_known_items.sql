CREATE TABLE old_photo_reviews (
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
    state_at timestamptz NOT NULL,
    look integer NOT NULL DEFAULT 1,
    findings_hidden boolean NOT NULL DEFAULT FALSE
);
INSERT INTO old_photo_reviews (id, photo_id, school_id, task_id, stage, reviewer_id, outcome, reasons, note_sealed, decided_at,
    effective_at, state, state_at, look, findings_hidden)
SELECT id, photo_id, school_id, task_id, stage, reviewer_id, outcome, reasons, note_sealed, decided_at, effective_at, state,
    state_at, look, findings_hidden
FROM photo_reviews WHERE NOT is_seeded;
DROP TABLE photo_reviews;
ALTER TABLE old_photo_reviews RENAME TO photo_reviews;
CREATE INDEX photo_reviews_photo ON photo_reviews (photo_id, decided_at);
CREATE INDEX photo_reviews_reviewer ON photo_reviews (reviewer_id, decided_at);
CREATE INDEX photo_reviews_due ON photo_reviews (effective_at) WHERE state = 'undoable';
CREATE INDEX photo_reviews_task ON photo_reviews (task_id);
CREATE INDEX photo_reviews_stage ON photo_reviews (stage, decided_at);

CREATE TABLE old_review_queue (
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
    is_sampled boolean NOT NULL DEFAULT FALSE,
    look integer NOT NULL DEFAULT 1,
    CHECK ((leased_by IS NULL) = (leased_until IS NULL))
);
INSERT INTO old_review_queue (photo_id, school_id, task_id, stage, is_clean, is_escalated, since, leased_by, leased_until,
    decision_id, version, is_sampled, look)
SELECT photo_id, school_id, task_id, stage, is_clean, is_escalated, since, leased_by, leased_until, decision_id, version,
    is_sampled, look
FROM review_queue WHERE NOT is_seeded;
DROP TABLE review_queue;
ALTER TABLE old_review_queue RENAME TO review_queue;
CREATE INDEX review_queue_waiting ON review_queue (stage, school_id, since) WHERE decision_id IS NULL;
CREATE INDEX review_queue_lease ON review_queue (leased_by) WHERE leased_by IS NOT NULL;

DROP TABLE seeded_items;
DROP TABLE known_photos;
