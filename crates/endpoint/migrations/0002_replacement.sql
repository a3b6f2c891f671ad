-- A change of mind: a later record freezes an earlier one of the same customer, which is then destroyed unread.

-- Who fetched it, frozen, for its destruction. Apart from `opened_by`, which says that somebody may have entered it.
ALTER TABLE record ADD COLUMN fetched_frozen_by BLOB;
-- Destroyed because it was replaced, and not because it was entered.
ALTER TABLE record ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0 CHECK (replaced IN (0, 1));

CREATE INDEX record_by_supersedes ON record (supersedes) WHERE supersedes IS NOT NULL;
-- A form whose number followed has two tags: the random one of its own header, and the number's.
CREATE INDEX customer_tag_by_record ON customer_tag (record);

-- Whether its own header awaits a number: only then does a number that follows count as its own.
ALTER TABLE record ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0 CHECK (awaited IN (0, 1));
UPDATE record SET awaited = 1 WHERE awaits_number = 1;
