INSERT INTO lost_phone_reports (
    id, reference, name_sealed, school_sealed, id_type, number_sealed, old_phone_sealed, new_phone_sealed, note_sealed,
    new_phone_index, browser_hash, ip_hash, ip56_hash, ip48_hash, state, closed_at, closed_by, outcome, created_at, updated_at
) VALUES (
    x'01980000000070008000000000000018', 'LP-7K3M9QXT', x'6e616d65', x'7363686f6f6c', 'cn_id', x'6e756d626572', x'6f6c64', x'6e6577', NULL,
    x'70686f6e6520696e646578', x'62726f77736572', x'61646472657373', NULL, NULL, 'open', NULL, NULL, NULL,
    '2026-04-20T01:00:00+00:00', '2026-04-20T01:00:00+00:00'
);
