DROP TABLE merchant_accounts;
