DROP TABLE student_reminders;
DROP INDEX enrolments_task;
DROP INDEX roster_entries_group;
DROP INDEX roster_tickets_page;
