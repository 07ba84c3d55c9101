package web

import (
	"corkboard/notes"
	"corkboard/views"
)

// sections is a board as its page shows it: frame by frame. Frames lie below
// everything else, whatever their order keys are. Its pictures are below page.
func sections(live []*notes.Note, page string) []views.Section {
	layers := make(map[*notes.Note]int, len(live))
	for _, isFrame := range []bool{true, false} {
		for _, n := range live {
			if (n.Kind == notes.Frame) == isFrame {
				layers[n] = len(layers)
			}
		}
	}
	outline := notes.Outline(live)
	all := make([]views.Section, len(outline))
	for i, s := range outline {
		all[i] = views.Section{Depth: s.Depth, Notes: make([]views.Note, len(s.Notes))}
		if s.Frame != nil {
			frame := shown(s.Frame, layers[s.Frame], page)
			all[i].Frame = &frame
		}
		for k, n := range s.Notes {
			all[i].Notes[k] = shown(n, layers[n], page)
		}
	}
	return all
}

func shown(n *notes.Note, layer int, page string) views.Note {
	picture := ""
	if n.Picture != "" {
		picture = page + "/pictures/" + n.Picture
	}
	return views.Note{
		Picture: picture, Alt: n.Alt,
		ID: n.ID, Kind: string(n.Kind), Text: n.Text, Locked: n.Locked, Link: n.Link, Color: n.Color, Author: n.Author.Name,
		X: n.X, Y: n.Y, W: n.W, H: n.H, Layer: layer,
	}
}

// connections are the connectors between live notes.
func connections(live []*notes.Note) (all []views.Connection) {
	var byID map[string]*notes.Note
	for _, n := range live {
		if n.Kind != notes.Connector {
			continue
		}
		if byID == nil {
			byID = make(map[string]*notes.Note, len(live))
			for _, n := range live {
				byID[n.ID] = n
			}
		}
		if from, to := byID[n.From], byID[n.To]; from != nil && to != nil {
			all = append(all, views.Connection{From: from.Text, To: to.Text, Label: n.Text})
		}
	}
	return all
}
