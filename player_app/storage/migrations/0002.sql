-- The films have a file of their own, for the service can send them again.
DROP TABLE picture_files;
DROP TABLE film_texts;
DROP TABLE films;
DELETE FROM kept WHERE name = 'cursor';

-- How many changes of the viewer's own there were: the copy beside this file counts along.
CREATE TABLE changes (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    number INTEGER NOT NULL
);
INSERT INTO changes VALUES (1, 0);
