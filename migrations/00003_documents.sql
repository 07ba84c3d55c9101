-- +goose Up
-- A deleted note stays, so that it can be restored and its id is not used again.
CREATE TABLE notes (
    board_id       text NOT NULL REFERENCES boards ON DELETE CASCADE,
    id             text NOT NULL CHECK (id ~ '^[0-9A-Za-z_-]{8,32}$'),
    x              double precision NOT NULL CHECK (x BETWEEN -1000000 AND 1000000),
    y              double precision NOT NULL CHECK (y BETWEEN -1000000 AND 1000000),
    w              double precision NOT NULL CHECK (w BETWEEN 40 AND 2000),
    h              double precision NOT NULL CHECK (h BETWEEN 40 AND 2000),
    color          text NOT NULL CHECK (color IN (
                       'yellow', 'orange', 'coral', 'pink', 'violet', 'blue', 'sky',
                       'teal', 'green', 'lime', 'sand', 'white', 'grey', 'graphite')),
    z              text COLLATE "C" NOT NULL CHECK (octet_length(z) BETWEEN 1 AND 64),
    text           text NOT NULL CHECK (char_length(text) <= 10000),
    text_rev       bigint NOT NULL CHECK (text_rev >= 0),
    field_versions jsonb NOT NULL,
    author_id      text NOT NULL,
    author_name    text NOT NULL,
    created_seq    bigint NOT NULL CHECK (created_seq > 0),
    deleted_seq    bigint CHECK (deleted_seq >= created_seq),
    PRIMARY KEY (board_id, id)
) WITH (fillfactor = 80);

-- The log. A seq stands only here after its transaction took the board's row,
-- which is what makes the numbers follow each other without a gap.
CREATE TABLE events (
    board_id  text NOT NULL REFERENCES boards ON DELETE CASCADE,
    seq       bigint NOT NULL CHECK (seq > 0),
    client_id text NOT NULL,
    mid       bigint NOT NULL CHECK (mid > 0),
    actor     json NOT NULL,
    kind      text NOT NULL,
    effect    json NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (board_id, seq),
    UNIQUE (board_id, client_id, mid)
);

-- The text edits once more, by note, for merging an edit of an old revision.
CREATE TABLE note_deltas (
    board_id text NOT NULL,
    note_id  text NOT NULL,
    rev      bigint NOT NULL CHECK (rev > 0),
    seq      bigint NOT NULL CHECK (seq > 0),
    delta    json NOT NULL,
    PRIMARY KEY (board_id, note_id, rev),
    FOREIGN KEY (board_id, note_id) REFERENCES notes ON DELETE CASCADE
);

-- What is known of a browser tab, or of whatever else sends ops. The results
-- are the last answers that left no event behind: no-ops and refusals.
CREATE TABLE sync_clients (
    board_id  text NOT NULL REFERENCES boards ON DELETE CASCADE,
    client_id text NOT NULL CHECK (client_id ~ '^[0-9A-Za-z_-]{8,32}$'),
    principal text NOT NULL,
    gen       bigint NOT NULL CHECK (gen > 0),
    last_mid  bigint NOT NULL CHECK (last_mid >= 0),
    results   jsonb NOT NULL,
    seen_at   timestamptz NOT NULL,
    PRIMARY KEY (board_id, client_id)
) WITH (fillfactor = 50);
