INSERT INTO index_keys (purpose, key_id) VALUES ('phone', '0123456789abcdef0123456789abcdef');
