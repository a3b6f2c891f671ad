-- A sealed note of a clerk to the author of a form, at most one for each record. `answer` (1: enter it, 2: do not) is the author's, `answer_bytes` what they
-- sealed with it. A question goes with the record's bytes; what only told something is deleted when it was read.
CREATE TABLE note (
    record       INTEGER PRIMARY KEY REFERENCES record (id),
    asks         INTEGER NOT NULL CHECK (asks IN (0, 1)),
    bytes        BLOB NOT NULL,
    noted_at     INTEGER NOT NULL,
    answer       INTEGER CHECK (answer IN (1, 2)),
    answer_bytes BLOB
) STRICT;
