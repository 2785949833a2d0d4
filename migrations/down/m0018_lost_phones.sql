DROP TABLE lost_phone_reports;
