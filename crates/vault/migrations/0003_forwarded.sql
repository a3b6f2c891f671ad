-- Ledger lines about forms that a clerk at this device forwarded to another team: they name a receipt, and do not count as copies destroyed here. A form may go
-- and come back and go again, so these are not in `witness`.
CREATE TABLE forwarded (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES ledger (seq)
) STRICT;
