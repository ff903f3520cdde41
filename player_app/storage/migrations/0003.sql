-- A film that is, or is to be, taken offline. Rows of another owner than the viewer are not shown.
CREATE TABLE downloads (
    owner TEXT NOT NULL,
    film_id TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (owner, film_id)
) WITHOUT ROWID;

-- The licence by which a film plays without the service, as it was signed, behind this device's MAC.
CREATE TABLE licences (
    owner TEXT NOT NULL,
    film_id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (owner, film_id)
) WITHOUT ROWID;

-- Licences whose place at the service is to be given back, until it has heard of it.
CREATE TABLE returned_licences (
    owner TEXT NOT NULL,
    licence_id TEXT NOT NULL,
    PRIMARY KEY (owner, licence_id)
) WITHOUT ROWID;

-- When a right's second clock began to run here, behind this device's MAC; `told` once the service knows.
CREATE TABLE starts (
    owner TEXT NOT NULL,
    right_id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY (owner, right_id)
) WITHOUT ROWID;

-- The clock that can't be turned back, behind this device's MAC.
CREATE TABLE clock (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), sealed BLOB NOT NULL);

-- Places in films that the service has yet to hear of: the latest of each film.
CREATE TABLE waiting_progress (
    owner TEXT NOT NULL,
    film_id TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (owner, film_id)
) WITHOUT ROWID;

-- The place that the service last said a film has, and up to where it was asked for them.
CREATE TABLE known_progress (
    owner TEXT NOT NULL,
    film_id TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (owner, film_id)
) WITHOUT ROWID;
CREATE TABLE progress_cursors (owner TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID;

-- The newest comments on a film that is taken offline, to be read without the service.
CREATE TABLE saved_comments (film_id TEXT PRIMARY KEY, packed BLOB NOT NULL) WITHOUT ROWID;

UPDATE changes SET version = 3;
