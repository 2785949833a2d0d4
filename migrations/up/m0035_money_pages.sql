-- The pages about money list the orders and refunds of a school, or of all of them, the newest first.
CREATE INDEX orders_newest ON orders (school_id, id);
CREATE INDEX refunds_newest ON refunds (school_id, id);
-- Cases and days of all accounts, in the order of their pages.
CREATE INDEX money_cases_oldest ON money_cases (state, opened_at, id);
CREATE INDEX reconciliations_latest ON reconciliations (day, id);
