INSERT INTO audit_chains (
    id, head_sequence, head_hash, head_signature, checkpoint_sequence, checkpoint_hash, checkpoint_signature,
    sealed_at
) VALUES (
    x'01980000000070008000000000000099', 0, x'0000000000000000000000000000000000000000000000000000000000000000',
    'header.claims.signature', 0, x'0000000000000000000000000000000000000000000000000000000000000000', NULL,
    '2026-05-01T00:00:00Z'
);
