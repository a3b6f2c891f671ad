-- The clerk's signed word that an envelope is readable: a device whose office waits for it verifies that before it destroys its copy.
CREATE TABLE acceptance (
    record    INTEGER PRIMARY KEY REFERENCES record (id),
    statement BLOB NOT NULL
) STRICT;
