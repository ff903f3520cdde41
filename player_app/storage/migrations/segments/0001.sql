-- A file of ciphertext: `name` is the SHA-256 of what it is asked for by, `content` that of its
-- bytes, the same for a segment whose hash the service tells; `used` counts uses, the latest is the
-- highest; `proven` once the bytes were seen to be what the file is named for.
CREATE TABLE segments (
    name TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    used INTEGER NOT NULL,
    proven INTEGER NOT NULL
) WITHOUT ROWID;

-- What belongs to a download, whether it is here yet or not: its keys behind a checksum.
CREATE TABLE holds (film_id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;

-- Of the whole: the device, and where it is being moved to or was moved from.
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
