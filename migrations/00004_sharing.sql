-- +goose Up
CREATE TABLE share_links (
    id            text PRIMARY KEY,
    board_id      text NOT NULL REFERENCES boards ON DELETE CASCADE,
    role          text NOT NULL CHECK (role IN ('facilitator', 'editor', 'commenter', 'viewer')),
    token_hash    bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    embed_origins text[] NOT NULL DEFAULT '{}',
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz,
    revoked_at    timestamptz
);

CREATE INDEX share_links_board ON share_links (board_id, created_at, id) WHERE revoked_at IS NULL;

-- Who came by which link: that is their grant, for as long as the link lives.
CREATE TABLE link_opens (
    user_id   text NOT NULL REFERENCES users ON DELETE CASCADE,
    link_id   text NOT NULL REFERENCES share_links ON DELETE CASCADE,
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, link_id)
);

CREATE INDEX link_opens_link ON link_opens (link_id);

CREATE TABLE api_keys (
    id         text PRIMARY KEY,
    board_id   text NOT NULL REFERENCES boards ON DELETE CASCADE,
    role       text NOT NULL CHECK (role IN ('owner', 'facilitator', 'editor', 'commenter', 'viewer')),
    prefix     text NOT NULL,
    key_hash   bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
    created_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz
);

CREATE INDEX api_keys_board ON api_keys (board_id, created_at, id) WHERE revoked_at IS NULL;
