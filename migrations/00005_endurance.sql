-- +goose Up
-- Which notes of a board could not be read when it was last loaded. It changes
-- together with the epoch: every node then shows the same in their place.
ALTER TABLE boards ADD COLUMN unreadable text[] NOT NULL DEFAULT '{}';

-- When it was first said that boards do not stay in the trash for ever: what was
-- put there before counts from now on.
INSERT INTO settings (name, value)
VALUES ('trash_since', convert_to(now()::text, 'UTF8'));
