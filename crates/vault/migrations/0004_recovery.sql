-- What a user left for the office's recovery key, sealed to it: it opens nothing without the office's root. `told` binds it to the user's root key and to the
-- recovery key that it was sealed to.
CREATE TABLE recovery (
    user   BLOB NOT NULL PRIMARY KEY REFERENCES user (user),
    told   BLOB NOT NULL CHECK (length(told) = 32),
    sealed BLOB NOT NULL
) STRICT;
