-- Whether a moved unit was charged to its new clerk's account: taken back, it is taken off that account again.
ALTER TABLE moved ADD COLUMN counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1));
