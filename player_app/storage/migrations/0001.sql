-- Films as packed values, with the columns that lists are made from.
CREATE TABLE films (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL,
    featured INTEGER NOT NULL,
    streams INTEGER NOT NULL,
    year INTEGER NOT NULL,
    packed BLOB NOT NULL
);
CREATE INDEX films_by_slug ON films (slug);
CREATE INDEX films_featured ON films (featured) WHERE featured = 1;

CREATE VIRTUAL TABLE film_texts USING fts5 (
    title, people, subjects, tagline, summary, synopsis,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

-- Every picture file that the catalogue names, by its SHA-256.
CREATE TABLE picture_files (
    sha256 TEXT NOT NULL,
    film INTEGER NOT NULL REFERENCES films (number) ON DELETE CASCADE,
    address TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (sha256, film)
) WITHOUT ROWID;
CREATE INDEX picture_files_by_film ON picture_files (film);

-- Single values by name: service, account, rights, collections, watchlist, settings.
CREATE TABLE kept (name TEXT PRIMARY KEY, packed BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE positions (
    film_id TEXT PRIMARY KEY,
    position_ms INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
) WITHOUT ROWID;

-- A checkout is written before it is asked for: id is null until the service has answered.
CREATE TABLE checkouts (
    idempotency_key TEXT PRIMARY KEY,
    id TEXT,
    film_id TEXT,
    offer_id TEXT NOT NULL,
    address TEXT,
    return_to TEXT,
    expires_at INTEGER NOT NULL,
    nonce TEXT NOT NULL,
    begun_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE drafts (film_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE waiting_comments (
    key TEXT PRIMARY KEY,
    film_id TEXT NOT NULL,
    text TEXT NOT NULL,
    position_ms INTEGER,
    written_at INTEGER NOT NULL
) WITHOUT ROWID;
