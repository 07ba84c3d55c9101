-- +goose Up
-- As with a note's columns before: checks that an edit and a hello pass stand with
-- the types, where each connection reads and plans them once, instead of the
-- tables, where each statement does. And what an update leaves as it is, such as
-- a client's id, is not checked again.
--
-- No row is written again or read, see 00006. What compares two columns stays.
CREATE DOMAIN chosen_id AS text;
CREATE DOMAIN counted AS bigint;
CREATE DOMAIN numbered AS bigint;
CREATE DOMAIN board_name AS text;
CREATE DOMAIN board_size AS integer;

ALTER TABLE boards
    DROP CONSTRAINT boards_name_check,
    DROP CONSTRAINT boards_note_count_check;

ALTER TABLE notes
    DROP CONSTRAINT notes_id_check,
    DROP CONSTRAINT notes_text_rev_check;

ALTER TABLE events
    DROP CONSTRAINT events_seq_check,
    DROP CONSTRAINT events_mid_check;

ALTER TABLE note_deltas
    DROP CONSTRAINT note_deltas_rev_check,
    DROP CONSTRAINT note_deltas_seq_check;

ALTER TABLE sync_clients
    DROP CONSTRAINT sync_clients_client_id_check,
    DROP CONSTRAINT sync_clients_gen_check,
    DROP CONSTRAINT sync_clients_last_mid_check;

ALTER TABLE boards
    ALTER COLUMN name TYPE board_name,
    ALTER COLUMN note_count TYPE board_size;

ALTER TABLE notes
    ALTER COLUMN id TYPE chosen_id,
    ALTER COLUMN text_rev TYPE counted;

ALTER TABLE events
    ALTER COLUMN seq TYPE numbered,
    ALTER COLUMN mid TYPE numbered;

ALTER TABLE note_deltas
    ALTER COLUMN rev TYPE numbered,
    ALTER COLUMN seq TYPE numbered;

ALTER TABLE sync_clients
    ALTER COLUMN client_id TYPE chosen_id,
    ALTER COLUMN gen TYPE numbered,
    ALTER COLUMN last_mid TYPE counted;

ALTER DOMAIN chosen_id ADD CHECK (
    octet_length(VALUE) BETWEEN 8 AND 32
    AND translate(VALUE, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-', '') = '') NOT VALID;
ALTER DOMAIN counted ADD CHECK (VALUE >= 0) NOT VALID;
ALTER DOMAIN numbered ADD CHECK (VALUE > 0) NOT VALID;
ALTER DOMAIN board_name ADD CHECK (char_length(VALUE) BETWEEN 1 AND 200) NOT VALID;
ALTER DOMAIN board_size ADD CHECK (VALUE BETWEEN 0 AND 20000) NOT VALID;
