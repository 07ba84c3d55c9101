-- +goose Up
CREATE TABLE users (
    id         text PRIMARY KEY,
    name       text NOT NULL CHECK (char_length(name) <= 60),
    color      smallint NOT NULL CHECK (color BETWEEN 0 AND 11),
    guest      boolean NOT NULL,
    created_at timestamptz NOT NULL
);

-- A token is random and long: its SHA-256 needs no salt.
CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    user_id    text NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL
);

CREATE INDEX sessions_user ON sessions (user_id);

-- What belongs to the installation and must be the same on every node.
CREATE TABLE settings (
    name  text PRIMARY KEY,
    value bytea NOT NULL
);
