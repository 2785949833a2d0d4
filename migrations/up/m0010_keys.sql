-- Under which key indexes are written; one for all copies of the server.
CREATE TABLE index_keys (
    purpose text NOT NULL PRIMARY KEY CHECK (purpose IN ('phone', 'id_number')),
    key_id text NOT NULL
);
