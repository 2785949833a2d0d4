DROP TABLE provider_calls;
DROP TABLE notify_inbox;
DROP TABLE ledger;
DROP TABLE refunds;
DROP TABLE payment_attempts;
DROP TABLE order_lines;
DROP TABLE orders;
