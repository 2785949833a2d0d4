DROP TABLE former_signing_keys;
DROP TABLE school_moves;
