-- Whether a moved unit was charged to its new clerk's account: taken back, it is taken off that account again.
ALTER TABLE moved ADD COLUMN counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1));

-- Whether a clerk's app said that the form is readable, and showed it: from then on it is forwarded to no other team. Another lock does not take that back.
ALTER TABLE record ADD COLUMN shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1));
UPDATE record SET shown = 1 WHERE opened_by IS NOT NULL OR accepted_position IS NOT NULL;
