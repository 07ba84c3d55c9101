-- +goose NO TRANSACTION
-- +goose Up
-- When a note was made is in the log, as far as that reaches back. It is taken
-- from there board by board, as a commit takes them, so that nobody waits for
-- more than one board.
-- +goose StatementBegin
DO $$
DECLARE
    board text;
BEGIN
    FOR board IN SELECT id FROM boards ORDER BY id LOOP
        PERFORM FROM boards WHERE id = board FOR NO KEY UPDATE;
        UPDATE notes AS n
           SET made_at = e.at
          FROM events AS e
         WHERE n.board_id = board
           AND n.made_at IS NULL
           AND e.board_id = board
           AND e.seq = n.created_seq;
        COMMIT;
    END LOOP;
END
$$;
-- +goose StatementEnd
