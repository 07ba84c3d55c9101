-- +goose Up
-- What is kept of pictures beside their bytes, which lie on a disk or in a bucket.
-- A picture that several boards have is kept once; a board shows those that it
-- has here and no others. used_at is when somebody had a use for it, to the day:
-- what nobody has for long is thrown away.
CREATE TABLE pictures (
    picture text PRIMARY KEY CHECK (picture ~ '^[0-9a-z]{32,64}$'),
    used_at timestamptz NOT NULL
);

CREATE INDEX pictures_used ON pictures (used_at);

CREATE TABLE board_pictures (
    board_id  text NOT NULL REFERENCES boards ON DELETE CASCADE,
    picture   text NOT NULL REFERENCES pictures,
    type      text NOT NULL CHECK (type IN ('image/png', 'image/jpeg')),
    width     integer NOT NULL CHECK (width BETWEEN 1 AND 10000),
    height    integer NOT NULL CHECK (height BETWEEN 1 AND 10000),
    bytes     bigint NOT NULL CHECK (bytes > 0),
    made_at   timestamptz NOT NULL,
    used_at   timestamptz NOT NULL,
    looked_at timestamptz NOT NULL, -- when it was last looked for among the notes
    PRIMARY KEY (board_id, picture)
);

CREATE INDEX board_pictures_picture ON board_pictures (picture);
CREATE INDEX board_pictures_looked ON board_pictures (looked_at);
