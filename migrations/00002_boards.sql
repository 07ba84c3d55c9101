-- +goose Up
-- The row of a board is what its commits queue for, and it is updated by each of
-- them: the room left on its pages keeps those updates out of the indexes.
CREATE TABLE boards (
    id             text PRIMARY KEY,
    owner_id       text REFERENCES users,
    name           text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    field_versions jsonb NOT NULL DEFAULT '{}',
    epoch          bigint NOT NULL DEFAULT 1,
    seq            bigint NOT NULL DEFAULT 0,
    log_floor      bigint NOT NULL DEFAULT 0 CHECK (log_floor BETWEEN 0 AND seq),
    perm_version   bigint NOT NULL DEFAULT 1,
    note_count     integer NOT NULL DEFAULT 0 CHECK (note_count BETWEEN 0 AND 20000),
    created_at     timestamptz NOT NULL,
    modified_at    timestamptz NOT NULL,
    trashed_at     timestamptz
) WITH (fillfactor = 50);

CREATE INDEX boards_live ON boards (owner_id, modified_at DESC, id) WHERE trashed_at IS NULL;
CREATE INDEX boards_trash ON boards (owner_id, modified_at DESC, id) WHERE trashed_at IS NOT NULL;

CREATE TABLE members (
    board_id text NOT NULL REFERENCES boards ON DELETE CASCADE,
    user_id  text NOT NULL REFERENCES users ON DELETE CASCADE,
    role     text NOT NULL CHECK (role IN ('facilitator', 'editor', 'commenter', 'viewer')),
    PRIMARY KEY (board_id, user_id)
);

CREATE INDEX members_user ON members (user_id);
