-- Distribution as a team's leader sets it: shares, absence, leases, by hand.

-- Units instead of records, from zero: the first unit after this settles the quotas anew.
UPDATE quota SET assigned = 0;
-- A clerk's share of new units, against those of her colleagues; 0: none.
ALTER TABLE quota ADD COLUMN weight INTEGER NOT NULL DEFAULT 100 CHECK (weight BETWEEN 0 AND 100);
-- Gets nothing until then.
ALTER TABLE quota ADD COLUMN absent_until INTEGER;
-- The hour in which she was here last, for the lease of her units and nothing else; overwritten, never collected.
ALTER TABLE quota ADD COLUMN seen INTEGER;
-- The weight with which `assigned` was counted; 0: she did not take part. Where it differs from what holds now, all are counted from zero again.
ALTER TABLE quota ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;

-- What a team's leader changed last, and whether units wait for their hand.
CREATE TABLE distribution (
    team        BLOB PRIMARY KEY CHECK (length(team) = 16),
    by_hand     INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
    changed_by  BLOB,
    changed_at  INTEGER,
    -- Until when the last move can be undone.
    undo_until  INTEGER
) STRICT, WITHOUT ROWID;

-- The units of each team's last move that nobody touched since, as long as it can be undone.
CREATE TABLE moved (
    unit        INTEGER PRIMARY KEY REFERENCES unit (id),
    team        BLOB NOT NULL,
    origin      BLOB,
    target      BLOB NOT NULL
) STRICT;
