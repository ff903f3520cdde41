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

-- Up to where the service's feed of films is known.
CREATE TABLE feed (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    cursor TEXT NOT NULL
);
