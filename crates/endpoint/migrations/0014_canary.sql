-- One canary for each team: an envelope with nobody's form, which a clerk's app opens by itself. Its bytes go when it was opened.
CREATE TABLE canary (
    team      BLOB PRIMARY KEY CHECK (length(team) = 16),
    epoch     INTEGER NOT NULL,
    digest    BLOB NOT NULL,
    bytes     BLOB NOT NULL,
    left_at   INTEGER NOT NULL,
    opened_at INTEGER,
    failed_at INTEGER
) STRICT, WITHOUT ROWID;
