-- The newest statement of each device about what it still holds, as signed; `directory` and `at` are its own, so that an older one never replaces a newer.
CREATE TABLE device_state (
    device      BLOB NOT NULL PRIMARY KEY CHECK (length(device) = 16),
    directory   INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    bytes       BLOB NOT NULL,
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Devices that the administration asks to deliver; gone as soon as the device states that nothing is left to deliver.
CREATE TABLE sync_request (
    device       BLOB NOT NULL PRIMARY KEY CHECK (length(device) = 16),
    requested_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
