-- A device may bring more than one member, one after the other: its id is not unique among the tickets any more. That it is the same device, its key tells.
CREATE TABLE ticket_2 (
    ticket        BLOB PRIMARY KEY CHECK (length(ticket) = 16),
    expires_at    INTEGER NOT NULL,
    grant_sealed  BLOB NOT NULL,
    enrolment     BLOB,
    enrolled_at   INTEGER,
    member        BLOB UNIQUE,
    member_key    BLOB,
    device        BLOB,
    device_key    BLOB
) STRICT, WITHOUT ROWID;
INSERT INTO ticket_2 SELECT ticket, expires_at, grant_sealed, enrolment, enrolled_at, member, member_key, device, device_key FROM ticket;
DROP TABLE ticket;
ALTER TABLE ticket_2 RENAME TO ticket;
CREATE INDEX ticket_by_device ON ticket (device);
