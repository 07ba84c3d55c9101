package main

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cmd/loadtest/bot"
	"corkboard/notes"
	"corkboard/store/storetest"
)

// A note's row is damaged while two servers show it. A third one finds that out:
// everybody, there and on the others, sees the same placeholder and goes on with
// the rest, and the row stays as it is (C6, I8).
func TestDamagedNoteOnThreeServers(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r := newRestoring(ctx, t)
	db, err := sql.Open("postgres", r.database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var bad string
	if err := db.QueryRow(`UPDATE notes SET field_versions = '["?"]' WHERE created_seq = 1 RETURNING id`).Scan(&bad); err != nil {
		t.Fatal(err)
	}
	third := startNode(t, r.database, r.nodes[0].url)
	r.nodes = append(r.nodes, third)
	b := bot.New(bot.Config{Nodes: []string{third.url}, Origin: r.nodes[0].url, Cookie: guest(t, third.url, r.board.EditURL), Board: r.board.ID})
	t.Cleanup(b.Close)
	r.bots = append(r.bots, b)
	for _, b := range r.bots {
		if err := b.AwaitEpoch(ctx, 1); err != nil {
			t.Fatal(err)
		}
		ack, err := b.Do(ctx, func(*notes.Document) notes.Edit { return &notes.Delete{Note: bad} })
		if err != nil || ack.Code != notes.Unreadable || !strings.Contains(ack.Note.Text, "cannot be read") {
			t.Errorf("deleting it is answered with %+v, %v", ack, err)
		}
	}
	r.write(ctx, t, "the rest works")
	doc, _, err := storetest.Open(t, r.database).Load(ctx, r.board.ID)
	if err != nil {
		t.Fatal(err)
	}
	sameReplicas(ctx, t, doc, r.bots)
	var versions string
	if err := db.QueryRow("SELECT field_versions FROM notes WHERE id = $1", bad).Scan(&versions); err != nil || versions != `["?"]` {
		t.Errorf("the row holds %s, %v", versions, err)
	}
	if n := sum(t, r.nodes, "corkboard_unreadable_notes_total"); n != 1 {
		t.Errorf("it was counted %d times", n)
	}
}

// An event in the log is damaged. Who comes back from before it gets a snapshot,
// on a server that has the board open and on one that has not; nobody else notices.
func TestDamagedEventOnTwoServers(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r := newRestoring(ctx, t)
	late := r.bots[3]
	late.Leave()
	r.bots = r.bots[:3]
	r.write(ctx, t, "while one is away")
	db, err := sql.Open("postgres", r.database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	execute(t, db, `UPDATE events SET effect = '{"note": "what?"}' WHERE seq = 6`)
	waiting := late.Propose(bot.Create("kept while away"))
	third := startNode(t, r.database, r.nodes[0].url)
	r.nodes = append(r.nodes, third)
	late.GoTo(third.url)
	late.Return()
	if out := <-waiting; out.Ack.Status != board.OK {
		t.Errorf("what was made while away is answered with %+v", out.Ack)
	}
	r.bots = append(r.bots, late)
	r.write(ctx, t, "everybody is back")
	doc, _, err := storetest.Open(t, r.database).Load(ctx, r.board.ID)
	if err != nil {
		t.Fatal(err)
	}
	sameReplicas(ctx, t, doc, r.bots)
	if n := sum(t, r.nodes, "corkboard_unreadable_events_total"); n != 1 {
		t.Errorf("it was counted %d times", n)
	}
}
