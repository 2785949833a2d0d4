DROP TABLE phone_changes;
DROP TABLE phone_locks;
DROP TABLE sms_messages;
DROP TABLE sms_challenges;
DROP TABLE sessions;
DROP TABLE consents;
DROP TABLE staff_roles;
DROP TABLE accounts;
