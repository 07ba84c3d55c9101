package notes

import (
	"strings"
	"unicode/utf8"
)

// IsLink tells whether s is an address that a note may point to: absolute, of
// the scheme http, https or mailto, with a host or a recipient, and of at most
// MaxLink code points. It holds no blanks, no control or direction marks and none
// of "<>\`, so that what is shown is what is opened. assets/src/notes/link.ts is
// its twin: a rule of a few lines, since no two parsers of URLs agree.
func IsLink(s string) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > MaxLink || strings.ContainsFunc(s, notInLink) {
		return false
	}
	scheme, rest, found := strings.Cut(s, ":")
	if !found {
		return false
	}
	switch asciiLower(scheme) {
	case "http", "https":
		return strings.HasPrefix(rest, "//") && hasHost(rest[2:])
	case "mailto":
		name, domain, at := strings.Cut(beforeAny(rest, "?"), "@")
		return at && name != "" && domain != ""
	}
	return false
}

// hasHost tells whether an address behind its slashes begins with a host, after
// the name of a user if there is one.
func hasHost(rest string) bool {
	authority := beforeAny(rest, "/?#")
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	return host != "" && host[0] != ':'
}

func beforeAny(s, chars string) string {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i]
	}
	return s
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// notInLink tells of a code point that no link holds.
func notInLink(r rune) bool {
	switch {
	case r <= 0x20, r >= 0x7f && r <= 0xa0: // controls and blanks
		return true
	case r == 0x1680, r == 0x180e, r == 0x3000, r == 0xfeff: // blanks
		return true
	case r >= 0x2000 && r <= 0x200f, r >= 0x2028 && r <= 0x202f: // blanks, direction marks
		return true
	case r >= 0x205f && r <= 0x206f: // the same
		return true
	}
	return strings.ContainsRune("\"<>\\`", r)
}
