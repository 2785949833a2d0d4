INSERT INTO roster_imports (
    id, school_id, task_id, state, file_key, file_bytes, settings, outcome, rows_done, account_id, created_at, updated_at
) SELECT
    x'01980000000070008000000000000210', school_id, task_id, 'imported', '', 1024, '{}', '{}', 2, NULL,
    '2026-04-20T01:30:00.250+00:00', '2026-04-20T01:31:00.250+00:00'
FROM roster_entries LIMIT 1;
INSERT INTO roster_import_rows (
    id, school_id, import_id, row_number, verdict, column_name, entry_id, before_sealed, version_after
) SELECT
    x'01980000000070008000000000000211', school_id, x'01980000000070008000000000000210', 2, 'updated', 'name', id,
    x'6265666f7265', 2
FROM roster_entries LIMIT 1;
UPDATE roster_entries SET name_index = x'00112233', corrected = 'name', import_id = x'01980000000070008000000000000210';
