INSERT INTO erasures (id, kind, object_id, at) VALUES (
    x'01980000000070008000000000000110', 'photo', x'01980000000070008000000000000111',
    '2026-04-22T01:30:00.250+00:00'
);
UPDATE photos SET note_sealed = x'00';
UPDATE roster_tickets SET note_sealed = x'00', answer_sealed = x'00';
UPDATE refunds SET requested_as = 'li', approved_as = 'wang';
