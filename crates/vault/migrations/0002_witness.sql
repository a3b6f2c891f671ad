-- Destructions at the endpoint that a clerk at this device confirmed: the ledger line of each by its record, so that a receipt that comes twice is kept
-- once, and so that these lines do not count as copies destroyed here.
CREATE TABLE witness (
    record BLOB NOT NULL PRIMARY KEY CHECK (length(record) = 16),
    seq INTEGER NOT NULL UNIQUE REFERENCES ledger (seq)
) STRICT, WITHOUT ROWID;
