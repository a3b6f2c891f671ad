-- Changed locks: an envelope can be replaced by the same sealed form under another key of its team. `digest`, `length` and `epoch` are those of the
-- bytes that are here; these are what it was delivered as, and where the log says that the lock was changed last.
ALTER TABLE record ADD COLUMN delivered_digest BLOB CHECK (delivered_digest IS NULL OR length(delivered_digest) = 32);
ALTER TABLE record ADD COLUMN rewrapped_position INTEGER;

-- What still lies under which key, without looking at what is gone.
CREATE INDEX record_by_key ON record (team, epoch) WHERE destroyed_position IS NULL;
