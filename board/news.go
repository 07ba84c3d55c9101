package board

import (
	"encoding/json"

	"corkboard/notes"
	"corkboard/presence"
)

// news is what the rooms of one board tell each other over the bus.
type news struct {
	Node     string            `json:"node"` // who tells; a node does not listen to itself
	Epoch    int64             `json:"epoch,omitempty"`
	Events   []json.RawMessage `json:"events,omitempty"`
	Presence *presence.Changes `json:"presence,omitempty"`
	Hello    bool              `json:"hello,omitempty"`   // a room listens from now on: tell it who is with you, and your Seq
	Seq      int64             `json:"seq,omitempty"`     // the room's, of Epoch: events up to it may not have been told
	Idle     bool              `json:"idle,omitempty"`    // nobody watches where this comes from: news need not be told there
	Recheck  bool              `json:"recheck,omitempty"` // rights have changed
}

// peopleNews is what hubs tell each other of a person.
type peopleNews struct {
	Node  string `json:"node"`            // who tells; it has looked already
	User  string `json:"user"`            // their name, colour or rights have changed
	Board string `json:"board,omitempty"` // there alone; "": everywhere
}

const peopleTopic = "people"

func boardTopic(board string) string { return "board:" + board }

func (n news) encode() []byte { return encode(n).Text() }

func decodeEvents(raw []json.RawMessage) ([]notes.Event, error) {
	events := make([]notes.Event, len(raw))
	for i, r := range raw {
		if err := json.Unmarshal(r, &events[i]); err != nil {
			return nil, err
		}
	}
	return events, nil
}
