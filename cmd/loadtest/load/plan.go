package load

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"corkboard/notes"
)

// maxNumber of an edit: it is the x of a note, which has this bound.
const maxNumber = notes.MaxCoord

// Plan says what is to be done to which server.
type Plan struct {
	URL    string `json:"url"`    // of the server: scheme, host and port
	Origin string `json:"origin"` // its PUBLIC_URL; "" when that is the URL

	Rooms   int `json:"rooms"`   // boards, made for this run
	Bots    int `json:"bots"`    // sockets on all of them together, spread evenly
	Senders int `json:"senders"` // bots of each room that send cursors; 0: all of them
	Editors int `json:"editors"` // bots of each room that edit; 0: all of them
	Notes   int `json:"notes"`   // notes on each board before the measurement

	Cursors float64 `json:"cursors"` // a second, each sender
	Edits   float64 `json:"edits"`   // a second, all editors together
	Joins   float64 `json:"joins"`   // a second: clients that come, take the document, and go

	Deflate bool `json:"deflate"` // compress what is sent, as browsers do; every frame then costs the bots more, too

	Dialers int           `json:"dialers"` // sockets that are opened at the same time
	Warmup  time.Duration `json:"warmup"`  // under load and not measured
	For     time.Duration `json:"for"`     // measured

	PIDs   []int `json:"pids"`   // the server's processes; their descendants are counted too
	Verify bool  `json:"verify"` // with edits: have replicas on every board, one socket more, and compare them at the end
}

// perRoom is the number of a room's bots: the first rooms take the remainder.
func (p Plan) perRoom(room int) int {
	n := p.Bots / p.Rooms
	if room < p.Bots%p.Rooms {
		n++
	}
	return n
}

// senders is how many of a room's bots send: n, or all for 0; nobody at no rate.
func senders(n, bots int, rate float64) int {
	switch {
	case rate == 0:
		return 0
	case n == 0:
		return bots
	}
	return min(n, bots)
}

// editsEach is one editor's share of the edits, a second.
func (p Plan) editsEach() float64 {
	editors := 0
	for i := range p.Rooms {
		editors += senders(p.Editors, p.perRoom(i), p.Edits)
	}
	return p.Edits / max(1, float64(editors))
}

// Check says what is wrong with a plan, in words for whoever typed it.
func (p Plan) Check() error {
	u, err := url.Parse(p.URL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("the server's address is %q: it should look like http://127.0.0.1:8080", p.URL)
	case p.Rooms < 1:
		return errors.New("-rooms: there is at least one room")
	case p.Bots < p.Rooms:
		return fmt.Errorf("-bots: %d bots cannot fill %d rooms", p.Bots, p.Rooms)
	case p.Senders < 0 || p.Editors < 0 || p.Notes < 0:
		return errors.New("-senders, -editors and -notes are not negative")
	case p.Cursors < 0 || p.Edits < 0 || p.Joins < 0:
		return errors.New("-cursors, -edits and -joins are not negative")
	case p.editsEach()*(p.For+p.Warmup).Seconds() > maxNumber:
		return errors.New("-edits: so many edits of one bot have no numbers; take more bots or less time")
	case p.Dialers < 1:
		return errors.New("-dialers: at least one socket is opened at a time")
	case p.For <= 0 || p.Warmup < 0:
		return errors.New("-for is a length of time, such as 10s, and -warmup is not negative")
	}
	return nil
}
