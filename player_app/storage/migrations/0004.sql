-- What the service last told of a film that is rented or taken offline: its place in the list of
-- films, which the service can send again, may go before the film does.
CREATE TABLE own_films (
    owner TEXT NOT NULL,
    film_id TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (owner, film_id)
) WITHOUT ROWID;

UPDATE changes SET version = 4;
