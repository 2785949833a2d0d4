-- A database looks up by each of these columns alone whether a row that is deleted is named anywhere: without an index that
-- begins with it, each row of a school that is deleted reads a whole table. The school comes second, for statements that name
-- both: SQLite, which has no statistics, then takes no other index that begins with the school.
DROP INDEX payment_attempts_order;
CREATE INDEX payment_attempts_order ON payment_attempts (order_id, school_id);
DROP INDEX refunds_order;
CREATE INDEX refunds_order ON refunds (order_id, school_id);
DROP INDEX orders_enrolment;
CREATE INDEX orders_enrolment ON orders (enrolment_id, school_id);
CREATE INDEX photos_enrolment ON photos (enrolment_id);
CREATE INDEX ledger_attempt ON ledger (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX ledger_refund ON ledger (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX deliveries_base ON deliveries (base_id) WHERE base_id IS NOT NULL;
