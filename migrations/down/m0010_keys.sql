DROP TABLE index_keys;
