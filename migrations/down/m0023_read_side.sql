DROP INDEX roster_entries_updated;
DROP INDEX orders_enrolment;
