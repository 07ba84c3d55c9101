-- +goose Up
-- The checks of a note's columns stand with their types. Those of a table are
-- read and planned anew by every statement that writes to it, which was a fifth
-- of Postgres's work for an edit; those of a type once by each connection.
--
-- In this order no row is written again or read: types without checks take the
-- place of others, and then get the checks that the rows there are have passed.
CREATE DOMAIN note_place AS double precision;
CREATE DOMAIN note_size AS double precision;
CREATE DOMAIN note_color AS text;
CREATE DOMAIN note_z AS text COLLATE "C";
CREATE DOMAIN note_text AS text;

ALTER TABLE notes
    DROP CONSTRAINT notes_x_check,
    DROP CONSTRAINT notes_y_check,
    DROP CONSTRAINT notes_w_check,
    DROP CONSTRAINT notes_h_check,
    DROP CONSTRAINT notes_color_check,
    DROP CONSTRAINT notes_z_check,
    DROP CONSTRAINT notes_text_check;

ALTER TABLE notes
    ALTER COLUMN x TYPE note_place,
    ALTER COLUMN y TYPE note_place,
    ALTER COLUMN w TYPE note_size,
    ALTER COLUMN h TYPE note_size,
    ALTER COLUMN color TYPE note_color,
    ALTER COLUMN z TYPE note_z,
    ALTER COLUMN text TYPE note_text;

ALTER DOMAIN note_place ADD CHECK (VALUE BETWEEN -1000000 AND 1000000) NOT VALID;
ALTER DOMAIN note_size ADD CHECK (VALUE BETWEEN 40 AND 2000) NOT VALID;
ALTER DOMAIN note_color ADD CHECK (VALUE IN (
    'yellow', 'orange', 'coral', 'pink', 'violet', 'blue', 'sky',
    'teal', 'green', 'lime', 'sand', 'white', 'grey', 'graphite')) NOT VALID;
ALTER DOMAIN note_z ADD CHECK (octet_length(VALUE) BETWEEN 1 AND 64) NOT VALID;
ALTER DOMAIN note_text ADD CHECK (char_length(VALUE) <= 10000) NOT VALID;
