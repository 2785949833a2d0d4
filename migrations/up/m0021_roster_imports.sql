-- A student is found by the keyed hash of the folded name. What was corrected by hand survives an import. An import knows
-- whom it added, so that it can be undone.
ALTER TABLE roster_entries ADD COLUMN name_index bytea;
ALTER TABLE roster_entries ADD COLUMN corrected text NOT NULL DEFAULT '';
ALTER TABLE roster_entries ADD COLUMN import_id uuid;
CREATE INDEX roster_entries_name ON roster_entries (school_id, task_id, name_index);
CREATE INDEX roster_entries_student_no ON roster_entries (school_id, task_id, student_no_index);
CREATE INDEX roster_entries_page ON roster_entries (school_id, task_id, id);
CREATE INDEX roster_entries_import ON roster_entries (import_id, id) WHERE import_id IS NOT NULL;

CREATE TABLE roster_imports (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    state text NOT NULL CHECK (state IN (
        'checking', 'checked', 'stopped', 'importing', 'imported', 'cancelled', 'undoing', 'undone'
    )),
    file_key text NOT NULL,
    file_bytes bigint NOT NULL,
    settings jsonb NOT NULL,
    outcome jsonb NOT NULL,
    rows_done bigint NOT NULL,
    account_id uuid REFERENCES accounts (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX roster_imports_task ON roster_imports (school_id, task_id, id);

CREATE TABLE roster_import_rows (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    import_id uuid NOT NULL REFERENCES roster_imports (id),
    row_number bigint NOT NULL,
    verdict text NOT NULL,
    column_name text,
    entry_id uuid,
    before_sealed bytea,
    version_after integer
);
CREATE INDEX roster_import_rows_import ON roster_import_rows (import_id, id);
