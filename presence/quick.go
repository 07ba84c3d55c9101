package presence

import "bytes"

// ParseState reads a client's presence message in the one spelling that our own
// clients use: no spaces, the fields in the order type, cursor, selection,
// editing, view, following, away, holding, the last four left out where they say
// nothing, whole numbers, plain ids. It allocates little and takes a fraction of
// what a decoder takes, and a room gets hundreds of them a second. false says
// nothing of the message: it may be right in another spelling.
func ParseState(message []byte) (s State, ok bool) {
	p := parser{rest: message, ok: true}
	p.skip(`{"type":"presence","cursor":`)
	s.Cursor = p.point()
	p.skip(`,"selection":[`)
	s.Selection = p.ids()
	p.skip(`],"editing":`)
	s.Editing = p.id()
	p.rare(&s)
	p.skip(`}`)
	if !p.ok || len(p.rest) > 0 {
		return State{}, false
	}
	return s, true
}

// parser takes a message apart from the left; ok ends at the first surprise.
type parser struct {
	rest []byte
	ok   bool
}

func (p *parser) skip(text string) {
	if !p.ok || len(p.rest) < len(text) || string(p.rest[:len(text)]) != text {
		p.ok = false
		return
	}
	p.rest = p.rest[len(text):]
}

// has skips text if it is there.
func (p *parser) has(text string) bool {
	if !p.ok || !bytes.HasPrefix(p.rest, []byte(text)) {
		return false
	}
	p.rest = p.rest[len(text):]
	return true
}

func (p *parser) point() *Point {
	if !p.ok || p.has("null") {
		return nil
	}
	p.skip("[")
	x := p.number()
	p.skip(",")
	y := p.number()
	p.skip("]")
	return &Point{x, y}
}

// rare reads what most messages leave out.
func (p *parser) rare(s *State) {
	if p.has(`,"view":[`) {
		s.View = &View{p.number(), p.next(), p.next(), p.next()}
		p.skip("]")
	}
	if p.has(`,"following":`) {
		s.Following = p.id()
	}
	s.Away = p.has(`,"away":true`)
	s.Holding = p.has(`,"holding":true`)
}

// next reads a comma and a number.
func (p *parser) next() int {
	p.skip(",")
	return p.number()
}

// number reads a whole number of at most nine digits, as JSON spells it.
func (p *parser) number() int {
	negative := p.has("-")
	n, digits := 0, 0
	for digits < len(p.rest) && digits < 9 && p.rest[digits] >= '0' && p.rest[digits] <= '9' {
		n = n*10 + int(p.rest[digits]-'0')
		digits++
	}
	if digits == 0 || digits > 1 && p.rest[0] == '0' {
		p.ok = false
		return 0
	}
	p.rest = p.rest[digits:]
	if negative {
		return -n
	}
	return n
}

func (p *parser) ids() []string {
	ids := []string{}
	for p.ok && len(p.rest) > 0 && p.rest[0] == '"' {
		ids = append(ids, p.text())
		if !p.has(",") {
			return ids
		}
	}
	p.ok = p.ok && len(ids) == 0 // else a comma stood last
	return ids
}

func (p *parser) id() *string {
	if !p.ok || p.has("null") {
		return nil
	}
	id := p.text()
	return &id
}

// text reads a string that stands in JSON as it is.
func (p *parser) text() string {
	p.skip(`"`)
	if !p.ok {
		return ""
	}
	end := bytes.IndexByte(p.rest, '"')
	if end < 0 || !plain(string(p.rest[:end])) {
		p.ok = false
		return ""
	}
	s := string(p.rest[:end])
	p.rest = p.rest[end+1:]
	return s
}
