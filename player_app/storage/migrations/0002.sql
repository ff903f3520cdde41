-- The films have a file of their own, for the service can send them again.
DROP TABLE picture_files;
DROP TABLE film_texts;
DROP TABLE films;
DELETE FROM kept WHERE name = 'cursor';

-- The schema's version once more, that a wrong bit in the file's header shows: every later script
-- sets it. And how many changes of the viewer's own there were: the copy beside this file counts
-- along.
CREATE TABLE changes (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    version INTEGER NOT NULL,
    number INTEGER NOT NULL
);
INSERT INTO changes VALUES (1, 2, 0);
