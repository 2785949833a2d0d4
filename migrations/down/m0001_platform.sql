DROP TABLE data_keys;
DROP TABLE tasks;
DROP TABLE school_aliases;
DROP TABLE schools;
