-- Ids are random; every other value of meaning is a sealed cell (docs/formats/vault.md). Wrapped row keys stand in narrow tables of their own, so that a
-- shred rewrites a few pages and not every body.
PRAGMA application_id = 0x424F474E;

CREATE TABLE user (
    user BLOB NOT NULL PRIMARY KEY CHECK (length(user) = 16),
    name BLOB NOT NULL
) STRICT;

CREATE TABLE attempts (
    user BLOB NOT NULL PRIMARY KEY REFERENCES user (user),
    failed INTEGER NOT NULL,
    noted_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL
) STRICT;

-- One row for the device and one per user: opens under the epoch key that is in force.
CREATE TABLE probe (
    scope BLOB NOT NULL PRIMARY KEY CHECK (length(scope) = 16),
    body BLOB NOT NULL,
    mark BLOB NOT NULL,
    touched INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE item (
    item BLOB NOT NULL PRIMARY KEY CHECK (length(item) = 16),
    user BLOB NOT NULL REFERENCES user (user),
    kind INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX item_by_kind ON item (user, kind, item);

CREATE TABLE item_key (
    user BLOB NOT NULL,
    item BLOB NOT NULL REFERENCES item (item) ON DELETE CASCADE,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (user, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_key_by_item ON item_key (item);

CREATE TABLE outbox (
    record BLOB NOT NULL PRIMARY KEY CHECK (length(record) = 16),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
    body BLOB NOT NULL,
    receipt BLOB CHECK ((receipt IS NOT NULL) = (state = 2))
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, record);

CREATE TABLE outbox_key (
    record BLOB NOT NULL PRIMARY KEY REFERENCES outbox (record) ON DELETE CASCADE,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    setting INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE ledger (
    seq INTEGER NOT NULL PRIMARY KEY,
    line BLOB NOT NULL,
    receipt BLOB
) STRICT;

-- The number of lines and the chain's value, sealed: a line cut off at the end shows.
CREATE TABLE ledger_head (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    body BLOB NOT NULL
) STRICT;
