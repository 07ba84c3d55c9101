package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"corkboard/board"
	"corkboard/notes"
	"corkboard/notes/archive"
)

const quietPatience = 5 * time.Second // for a hub to end

// importFile pours a file's notes into a board, by the same path as the API. It
// works beside a running server, whose people see the notes appear, and without.
func importFile(ctx context.Context, c config, args []string, t terminal) (err error) {
	file, id, err := importArgs(args)
	if err != nil {
		return err
	}
	rows, err := readRows(file, t)
	if err != nil {
		return err
	}
	log := newLog(c, t.err)
	s, err := connect(ctx, beside(c), log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	hub := board.NewHub(s.store, s.bus, log)
	defer func() {
		quiet, cancel := context.WithTimeout(context.WithoutCancel(ctx), quietPatience)
		defer cancel()
		hub.Close(quiet)
	}()
	library, err := newLibrary(ctx, s, hub)
	if err != nil {
		return err
	}
	if err := importRows(ctx, s, library, id, rows); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "Imported %s to board %s.\n", counted(rows), id)
	return err
}

// counted tells how many of each kind there are: "12 notes, 2 frames".
func counted(rows []archive.Row) string {
	byKind := map[notes.NoteKind]int{}
	for _, r := range rows {
		byKind[r.Kind]++
	}
	all := []string{fmt.Sprintf("%d notes", byKind[notes.Sticky])}
	if n := byKind[notes.Frame]; n > 0 {
		all = append(all, fmt.Sprintf("%d frames", n))
	}
	if n := byKind[notes.Connector]; n > 0 {
		all = append(all, fmt.Sprintf("%d connectors", n))
	}
	return strings.Join(all, ", ")
}

func importRows(ctx context.Context, s *services, library *board.Library, id string, rows []archive.Row) error {
	g, err := s.store.Grant(ctx, board.Principal{Kind: board.ByConsole, ID: "import"}, id)
	if errors.Is(err, board.ErrNotFound) {
		return fmt.Errorf("there is no board %q in this database: the id is the last part of the board's address, /b/ID", id)
	}
	if err != nil {
		return err
	}
	_, err = library.Import(ctx, g, board.Import{
		Plan: func(doc *notes.Document, newID func(int) string) (notes.Edit, []string) {
			return archive.Plan(rows, doc, newID)
		},
	})
	return err
}

// importArgs reads FILE --board ID, in either order.
func importArgs(args []string) (file, id string, err error) {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&id, "board", "", "")
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return "", "", fmt.Errorf("%w: import: %s", errUsage, err)
		}
		if args = flags.Args(); len(args) == 0 {
			break
		}
		if file != "" {
			return "", "", fmt.Errorf("%w: import takes one file, and %q is a second one", errUsage, args[0])
		}
		file, args = args[0], args[1:]
	}
	switch {
	case file == "":
		return "", "", fmt.Errorf("%w: import needs a file", errUsage)
	case id == "":
		return "", "", fmt.Errorf("%w: import needs --board ID", errUsage)
	}
	return file, id, nil
}

// readRows reads the file, or the input for "-", and names every bad row.
func readRows(file string, t terminal) ([]archive.Row, error) {
	in := t.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, archive.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	rows, err := archive.Decode(data)
	var faults archive.Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			fmt.Fprintf(t.err, "%s: %s (%s)\n", f.Pointer, f.Detail, f.Code)
		}
		return nil, fmt.Errorf("%s: %d things are wrong with it, and nothing was imported", file, len(faults))
	}
	return rows, err
}
