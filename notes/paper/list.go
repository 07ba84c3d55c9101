package paper

import "strings"

// IsList tells whether a line of the text is an item of a list; the lines of
// such a text begin at one edge. assets/src/ui/reading.ts asks the same.
func IsList(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if isItem(strings.TrimLeft(line, " \t")) {
			return true
		}
	}
	return false
}

// isItem tells whether a line begins with "- ", "* ", "• ", "1. ", "1) ", "[ ] " or "[x] ".
func isItem(line string) bool {
	marker := strings.IndexAny(line, " \t")
	if strings.HasPrefix(line, "[ ") {
		marker = strings.IndexByte(line, ']') + 1
	}
	if marker <= 0 || marker >= len(line) || line[marker] != ' ' && line[marker] != '\t' {
		return false
	}
	switch m := line[:marker]; m[0] {
	case '[':
		return isBox(m)
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return isNumber(m)
	default:
		return m == "-" || m == "*" || m == "•"
	}
}

// isBox tells whether it is a box to tick. Two people who tick at once leave two marks in it.
func isBox(m string) bool {
	inside, ok := strings.CutSuffix(m[1:], "]")
	return ok && inside != "" && len(inside) <= 4 && strings.Trim(inside, " xX") == ""
}

func isNumber(m string) bool {
	digits := m[:len(m)-1]
	return len(digits) > 0 && len(digits) <= 3 && strings.Trim(digits, "0123456789") == "" && strings.ContainsAny(m[len(m)-1:], ".)")
}
