CREATE TABLE photos (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    enrolment_id uuid NOT NULL REFERENCES enrolments (id),
    upload_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL CHECK (state IN (
        'checked', 'pending_review', 'approved', 'rejected', 'withdrawn', 'handed_over', 'refused', 'replaced'
    )),
    original_key text NOT NULL,
    original_sha256 bytea NOT NULL,
    original_bytes bigint NOT NULL,
    framed_key text NOT NULL,
    framed_sha256 bytea NOT NULL,
    framed_bytes bigint NOT NULL,
    thumb_key text NOT NULL,
    crop jsonb NOT NULL,
    measurements jsonb NOT NULL,
    verdict jsonb NOT NULL,
    rules_version integer NOT NULL,
    source text NOT NULL CHECK (source IN ('camera', 'file')),
    note text,
    review jsonb,
    created_at timestamptz NOT NULL,
    state_at timestamptz NOT NULL,
    version integer NOT NULL,
    UNIQUE (school_id, enrolment_id, upload_id),
    UNIQUE (school_id, enrolment_id, number)
);
CREATE UNIQUE INDEX photos_one_live ON photos (school_id, enrolment_id)
    WHERE state IN ('checked', 'pending_review', 'approved', 'handed_over');
CREATE INDEX photos_state ON photos (school_id, task_id, state, state_at);

CREATE TABLE photo_checks (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    account_id uuid NOT NULL REFERENCES accounts (id),
    created_at timestamptz NOT NULL
);
CREATE INDEX photo_checks_account ON photo_checks (account_id, created_at);
