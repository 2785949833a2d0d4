DROP TABLE roster_tickets;
DROP TABLE verification_attempts;
DROP TABLE enrolments;
DROP TABLE roster_ids;
DROP TABLE roster_entries;
