-- Destroyed without entry, on the clerk's word that she discarded it: neither a lookup nor a report calls it entered.
-- What was discarded before this column stays as it was: nothing else here tells it apart.
ALTER TABLE record ADD COLUMN discarded INTEGER NOT NULL DEFAULT 0 CHECK (discarded IN (0, 1));
