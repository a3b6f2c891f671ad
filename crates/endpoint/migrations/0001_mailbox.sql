-- The mailbox of one office. Ids are random; tags are pseudonyms; envelope bytes are sealed to a key that is nowhere in this file.

CREATE TABLE office (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    office      BLOB NOT NULL CHECK (length(office) = 16),
    root_key    BLOB NOT NULL CHECK (length(root_key) = 32),
    founded_at  INTEGER NOT NULL
) STRICT;

-- Every directory that was published, as signed. Publishing is a leaf of the log.
CREATE TABLE directory (
    number      INTEGER PRIMARY KEY,
    bytes       BLOB NOT NULL,
    position    INTEGER NOT NULL UNIQUE
) STRICT;

-- The log (RFC 9162). A receipt contains its leaf; equal requests are answered with these very bytes.
CREATE TABLE leaf (
    position    INTEGER PRIMARY KEY,
    receipt     BLOB NOT NULL
) STRICT;

-- Hashes of complete subtrees; level 0 are the leaves.
CREATE TABLE node (
    level       INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

-- One signed tree head for each commit that made the log grow.
CREATE TABLE checkpoint (
    size        INTEGER PRIMARY KEY,
    bytes       BLOB NOT NULL
) STRICT;

-- A ticket, and the enrolment that used it. `grant_sealed` opens with the ticket's secret, which is never here.
CREATE TABLE ticket (
    ticket        BLOB PRIMARY KEY CHECK (length(ticket) = 16),
    expires_at    INTEGER NOT NULL,
    grant_sealed  BLOB NOT NULL,
    enrolment     BLOB,
    enrolled_at   INTEGER,
    member        BLOB UNIQUE,
    member_key    BLOB,
    device        BLOB UNIQUE,
    device_key    BLOB
) STRICT, WITHOUT ROWID;

-- Statements of clerks, as signed.
CREATE TABLE team_key (
    team        BLOB NOT NULL,
    epoch       INTEGER NOT NULL,
    made_by     BLOB NOT NULL,
    bytes       BLOB NOT NULL,
    PRIMARY KEY (team, epoch, made_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE prekey (
    team        BLOB NOT NULL,
    epoch       INTEGER NOT NULL,
    member      BLOB NOT NULL,
    prekey      BLOB NOT NULL UNIQUE,
    bytes       BLOB NOT NULL,
    PRIMARY KEY (team, epoch, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE share (
    team        BLOB NOT NULL,
    epoch       INTEGER NOT NULL,
    member      BLOB NOT NULL,
    prekey      BLOB NOT NULL,
    bytes       BLOB NOT NULL,
    PRIMARY KEY (team, epoch, member)
) STRICT, WITHOUT ROWID;

-- A benefit unit as one team sees it. All its records go to the same clerk.
CREATE TABLE unit (
    id          INTEGER PRIMARY KEY,
    team        BLOB NOT NULL,
    tag         BLOB NOT NULL CHECK (length(tag) = 32),
    clerk       BLOB,
    UNIQUE (team, tag)
) STRICT;
CREATE INDEX unit_by_clerk ON unit (clerk);

-- How many records a clerk was given so far: the least loaded gets the next unit. No history, no time: it cannot rank anybody.
CREATE TABLE quota (
    team        BLOB NOT NULL,
    clerk       BLOB NOT NULL,
    assigned    INTEGER NOT NULL,
    PRIMARY KEY (team, clerk)
) STRICT, WITHOUT ROWID;

-- One record, from delivery to tombstone. Its state is not stored but follows from these columns (store/records.rs), so it cannot contradict them.
CREATE TABLE record (
    id                  INTEGER PRIMARY KEY,
    record              BLOB NOT NULL UNIQUE CHECK (length(record) = 16),
    digest              BLOB NOT NULL CHECK (length(digest) = 32),
    length              INTEGER NOT NULL,
    device              BLOB NOT NULL,
    team                BLOB NOT NULL,
    epoch               INTEGER NOT NULL,
    unit                INTEGER NOT NULL REFERENCES unit (id),
    unit_members        INTEGER NOT NULL,
    token_hash          BLOB NOT NULL CHECK (length(token_hash) = 32),
    supersedes          BLOB,
    follows             BLOB,
    awaits_number       INTEGER NOT NULL CHECK (awaits_number IN (0, 1)),
    hold                INTEGER NOT NULL CHECK (hold BETWEEN 0 AND 3),
    held_on_arrival     INTEGER NOT NULL CHECK (held_on_arrival IN (0, 1)),
    opened_by           BLOB,
    stored_at           INTEGER NOT NULL,
    stored_position     INTEGER NOT NULL,
    accepted_position   INTEGER,
    destroyed_position  INTEGER
) STRICT;
CREATE INDEX record_by_unit ON record (unit);
CREATE INDEX record_by_follows ON record (follows) WHERE follows IS NOT NULL;

-- The sealed bytes, apart from the rest, so that destroying them touches nothing else.
CREATE TABLE envelope (
    record      INTEGER PRIMARY KEY REFERENCES record (id),
    bytes       BLOB NOT NULL
) STRICT;

-- "Asked once": a tag stays after its record was destroyed, because the person was asked.
CREATE TABLE customer_tag (
    tag         BLOB NOT NULL CHECK (length(tag) = 32),
    record      INTEGER NOT NULL REFERENCES record (id),
    PRIMARY KEY (tag, record)
) STRICT, WITHOUT ROWID;
