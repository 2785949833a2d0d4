UPDATE sessions SET successor_salt = x'73616c74' WHERE successor_id IS NOT NULL;
UPDATE sessions SET user_agent_family = 'chrome', system_family = 'windows',
    family_began_at = '2026-04-20T01:00:00+00:00';
UPDATE enrolments SET proven = 'name';
