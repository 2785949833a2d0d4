UPDATE event_positions SET latest = 1;
UPDATE events SET position = 1 WHERE id = x'01980000000070008000000000000051';
