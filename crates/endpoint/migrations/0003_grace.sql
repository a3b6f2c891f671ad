-- "Gespeichert", and a grace in which the clerk can take it back: until `due` the envelope is here, and afterwards it is destroyed on this word of hers.
CREATE TABLE entering (
    record      INTEGER PRIMARY KEY REFERENCES record (id),
    clerk       BLOB NOT NULL CHECK (length(clerk) = 16),
    -- SHA-256 of her signed statement, as the log will name it.
    statement   BLOB NOT NULL CHECK (length(statement) = 32),
    due         INTEGER NOT NULL
) STRICT;
