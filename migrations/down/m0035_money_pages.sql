DROP INDEX reconciliations_latest;
DROP INDEX money_cases_oldest;
DROP INDEX refunds_newest;
DROP INDEX orders_newest;
