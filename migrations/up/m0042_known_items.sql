-- Known items: a library of photos whose right decision is known, and where they were put among those that wait. They have no
-- row in photos, so that nothing that counts, tells or delivers photos can meet them; queue and decisions lose their reference
-- to photos for it. A reference cannot be dropped on both databases, so the two tables are made anew.
CREATE TABLE known_photos (
    id uuid NOT NULL PRIMARY KEY,
    outcome text NOT NULL CHECK (outcome IN ('approved', 'rejected')),
    reasons jsonb NOT NULL,
    origin text NOT NULL,
    original_sha256 bytea NOT NULL,
    original_key text NOT NULL,
    framed_key text NOT NULL,
    thumb_key text NOT NULL,
    verdict jsonb NOT NULL,
    added_by uuid NOT NULL REFERENCES accounts (id),
    added_at timestamptz NOT NULL
);
-- One that was taken out has no files and leaves its place to another.
CREATE UNIQUE INDEX known_photos_file ON known_photos (original_sha256) WHERE framed_key <> '';

CREATE TABLE seeded_items (
    photo_id uuid NOT NULL PRIMARY KEY,
    known_id uuid NOT NULL REFERENCES known_photos (id),
    beside_id uuid NOT NULL,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    stage text NOT NULL CHECK (stage IN ('school', 'bureau')),
    submitted_at timestamptz NOT NULL,
    reviewer_id uuid REFERENCES accounts (id),
    result text CHECK (result IN ('caught', 'missed', 'passed', 'false_alarm')),
    decided_at timestamptz,
    CHECK ((result IS NULL) = (reviewer_id IS NULL)),
    CHECK ((result IS NULL) = (decided_at IS NULL))
);
CREATE INDEX seeded_items_known ON seeded_items (known_id);
CREATE INDEX seeded_items_task ON seeded_items (task_id);
CREATE INDEX seeded_items_reviewer ON seeded_items (reviewer_id, decided_at);

CREATE TABLE new_review_queue (
    photo_id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    stage text NOT NULL CHECK (stage IN ('school', 'bureau')),
    is_clean boolean NOT NULL,
    is_escalated boolean NOT NULL,
    is_sampled boolean NOT NULL DEFAULT FALSE,
    is_seeded boolean NOT NULL DEFAULT FALSE,
    look integer NOT NULL DEFAULT 1,
    since timestamptz NOT NULL,
    leased_by uuid REFERENCES accounts (id),
    leased_until timestamptz,
    decision_id uuid,
    version integer NOT NULL,
    CHECK ((leased_by IS NULL) = (leased_until IS NULL))
);
INSERT INTO new_review_queue (photo_id, school_id, task_id, stage, is_clean, is_escalated, is_sampled, look, since, leased_by,
    leased_until, decision_id, version)
SELECT photo_id, school_id, task_id, stage, is_clean, is_escalated, is_sampled, look, since, leased_by, leased_until,
    decision_id, version
FROM review_queue;
DROP TABLE review_queue;
ALTER TABLE new_review_queue RENAME TO review_queue;
CREATE INDEX review_queue_waiting ON review_queue (stage, school_id, since) WHERE decision_id IS NULL;
CREATE INDEX review_queue_lease ON review_queue (leased_by) WHERE leased_by IS NOT NULL;

CREATE TABLE new_photo_reviews (
    id uuid NOT NULL PRIMARY KEY,
    photo_id uuid NOT NULL,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    stage text NOT NULL CHECK (stage IN ('school', 'bureau')),
    reviewer_id uuid NOT NULL REFERENCES accounts (id),
    outcome text NOT NULL CHECK (outcome IN ('approved', 'rejected', 'escalated')),
    reasons jsonb NOT NULL,
    note_sealed bytea,
    look integer NOT NULL DEFAULT 1,
    findings_hidden boolean NOT NULL DEFAULT FALSE,
    is_seeded boolean NOT NULL DEFAULT FALSE,
    decided_at timestamptz NOT NULL,
    effective_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('undoable', 'in_force', 'undone', 'void')),
    state_at timestamptz NOT NULL
);
INSERT INTO new_photo_reviews (id, photo_id, school_id, task_id, stage, reviewer_id, outcome, reasons, note_sealed, look,
    findings_hidden, decided_at, effective_at, state, state_at)
SELECT id, photo_id, school_id, task_id, stage, reviewer_id, outcome, reasons, note_sealed, look, findings_hidden, decided_at,
    effective_at, state, state_at
FROM photo_reviews;
DROP TABLE photo_reviews;
ALTER TABLE new_photo_reviews RENAME TO photo_reviews;
CREATE INDEX photo_reviews_photo ON photo_reviews (photo_id, decided_at);
CREATE INDEX photo_reviews_reviewer ON photo_reviews (reviewer_id, decided_at);
CREATE INDEX photo_reviews_due ON photo_reviews (effective_at) WHERE state = 'undoable';
CREATE INDEX photo_reviews_task ON photo_reviews (task_id);
CREATE INDEX photo_reviews_stage ON photo_reviews (stage, decided_at);
