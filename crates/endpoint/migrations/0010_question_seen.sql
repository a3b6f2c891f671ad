-- At most one question and one thing told for each record. `seen` says whether the form was opened since its author answered. A question goes with the record's
-- bytes; what only told something is deleted when it was read, or when the entry that it told of was taken back.
CREATE TABLE note_2 (
    record       INTEGER NOT NULL REFERENCES record (id),
    asks         INTEGER NOT NULL CHECK (asks IN (0, 1)),
    bytes        BLOB NOT NULL,
    noted_at     INTEGER NOT NULL,
    answer       INTEGER CHECK (answer IN (1, 2)),
    answer_bytes BLOB,
    seen         INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
    PRIMARY KEY (record, asks)
) STRICT, WITHOUT ROWID;
INSERT INTO note_2 (record, asks, bytes, noted_at, answer, answer_bytes) SELECT record, asks, bytes, noted_at, answer, answer_bytes FROM note;
DROP TABLE note;
ALTER TABLE note_2 RENAME TO note;
