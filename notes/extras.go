package notes

import "unicode/utf8"

// Extras are what few notes have; each is left out where it is empty.
type Extras struct {
	Locked  bool   `json:"locked,omitempty"`  // nothing else of the note can be changed
	Link    string `json:"link,omitempty"`    // see IsLink
	Group   string `json:"group,omitempty"`   // an id that the notes of one group share
	Picture string `json:"picture,omitempty"` // see IsPicture
	Alt     string `json:"alt,omitempty"`     // what the picture shows, in words
	From    string `json:"from,omitempty"`    // a connector's ends: ids of notes
	To      string `json:"to,omitempty"`
}

// IsPicture tells whether s may name an uploaded picture: 32 to 64 characters of
// 0-9 and a-z.
func IsPicture(s string) bool {
	if len(s) < 32 || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// checkExtras refuses extras that are malformed; empty ones are none.
func (v Values) checkExtras() *Rejection {
	switch {
	case isGiven(v.Link) && !IsLink(*v.Link):
		return reject(Invalid, "A link is a whole address that begins with https:, http: or mailto:, of at most %d characters.", MaxLink)
	case isGiven(v.Group) && !IsID(*v.Group):
		return reject(Invalid, "A group's id has 8 to 32 characters of 0-9, A-Z, a-z, - and _.")
	case isGiven(v.Picture) && !IsPicture(*v.Picture):
		return reject(Invalid, "A picture's id has 32 to 64 characters of 0-9 and a-z.")
	case !isGiven(v.Alt):
		return nil
	}
	if r := checkText(*v.Alt); r != nil {
		return r
	}
	if n := utf8.RuneCountInString(*v.Alt); n > MaxAlt {
		return reject(TooLong, "The alternative text has %d characters; it may have %d.", n, MaxAlt)
	}
	return nil
}

func isGiven(s *string) bool { return s != nil && *s != "" }
