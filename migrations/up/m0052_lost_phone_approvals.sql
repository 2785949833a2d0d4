-- Approvals of reports of a lost phone: the account that a report is about, who approved it, and when its number counts.
ALTER TABLE lost_phone_reports ADD COLUMN account_id uuid;
ALTER TABLE lost_phone_reports ADD COLUMN school_id uuid;
ALTER TABLE lost_phone_reports ADD COLUMN first_by uuid;
ALTER TABLE lost_phone_reports ADD COLUMN first_at timestamptz;
ALTER TABLE lost_phone_reports ADD COLUMN second_by uuid;
ALTER TABLE lost_phone_reports ADD COLUMN second_at timestamptz;
ALTER TABLE lost_phone_reports ADD COLUMN effective_at timestamptz;
ALTER TABLE lost_phone_reports ADD COLUMN changed_at timestamptz;
CREATE INDEX lost_phone_reports_account ON lost_phone_reports (account_id);
CREATE INDEX lost_phone_reports_school ON lost_phone_reports (school_id, id);
