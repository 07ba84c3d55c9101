package words

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// Use is one call of say or plural in a source.
type Use struct {
	Line  int
	Texts []Literal // what is said: one text, or one for a single thing and one for many
	Fault string    // why it cannot be translated; "" when it can
}

// Literal is an English text where it stands in a source.
type Literal struct {
	Text       string
	Start, End int // in bytes, quotes included
}

// InScript finds what a TypeScript source says.
func InScript(source string) []Use { return uses(source, 0, unquoteScript) }

// InPage finds what a Go or templ source says; its calls begin with a context.
func InPage(source string) []Use { return uses(source, 1, strconv.Unquote) }

// Translate is a TypeScript source with a language's texts in the place of the
// English ones.
func Translate(source string, c Catalog) string {
	var b strings.Builder
	end := 0
	for _, use := range InScript(source) {
		for _, l := range use.Texts {
			if own := c[l.Text]; own != "" && l.Start >= end {
				b.WriteString(source[end:l.Start] + quoteScript(own))
				end = l.End
			}
		}
	}
	return b.String() + source[end:]
}

// A call, not a declaration nor a method of something else.
var call = regexp.MustCompile(`(?:^|[^\w.$])(say|plural)\(`)

var declaration = regexp.MustCompile(`\b(?:func|function)\s+$`)

// uses finds the calls; first is the place of say's text among its arguments.
func uses(source string, first int, unquote func(string) (string, error)) []Use {
	var found []Use
	for _, m := range call.FindAllStringSubmatchIndex(source, -1) {
		before := source[strings.LastIndexByte(source[:m[2]], '\n')+1 : m[2]]
		if declaration.MatchString(before) || isComment(before) {
			continue
		}
		places := []int{first}
		if source[m[2]:m[3]] == "plural" {
			places = []int{first + 1, first + 2}
		}
		use := Use{Line: 1 + strings.Count(source[:m[2]], "\n")}
		use.Texts, use.Fault = literals(source, arguments(source, m[1]), places, unquote)
		found = append(found, use)
	}
	return found
}

func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "//") || strings.HasPrefix(line, "*") || strings.HasPrefix(line, "/*")
}

// literals are the arguments at these places, which must be one literal each.
func literals(source string, args [][2]int, places []int, unquote func(string) (string, error)) ([]Literal, string) {
	var found []Literal
	for _, at := range places {
		if at >= len(args) {
			return nil, "there is no text"
		}
		start, end := trim(source, args[at])
		text, err := unquote(source[start:end])
		if err != nil {
			return nil, "the text is not one literal: " + source[start:end]
		}
		found = append(found, Literal{Text: text, Start: start, End: end})
	}
	return found, ""
}

func trim(source string, span [2]int) (start, end int) {
	text := source[span[0]:span[1]]
	start = span[0] + len(text) - len(strings.TrimLeft(text, " \t\n"))
	return start, max(start, span[0]+len(strings.TrimRight(text, " \t\n")))
}

// arguments are the spans between the commas of a call whose bracket opens
// just before from.
func arguments(source string, from int) [][2]int {
	var args [][2]int
	depth, start := 0, from
	for i := from; i < len(source); i++ {
		switch c := source[i]; c {
		case '\'', '"', '`':
			i = closing(source, i)
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth < 0 {
				return append(args, [2]int{start, i})
			}
		case ',':
			if depth == 0 {
				args, start = append(args, [2]int{start, i}), i+1
			}
		}
	}
	return args
}

// closing is the place of the quote that ends the literal which begins at from.
func closing(source string, from int) int {
	for i := from + 1; i < len(source); i++ {
		switch source[i] {
		case '\\':
			i++
		case source[from]:
			return i
		}
	}
	return len(source)
}

// unquoteScript is the value of a TypeScript string literal.
func unquoteScript(literal string) (string, error) {
	if len(literal) < 2 || literal[0] != '\'' && literal[0] != '"' || closing(literal, 0) != len(literal)-1 {
		return "", strconv.ErrSyntax
	}
	inner := literal[1 : len(literal)-1]
	inner = strings.ReplaceAll(inner, `\'`, `'`)
	if literal[0] == '\'' {
		inner = strings.ReplaceAll(strings.ReplaceAll(inner, `\"`, `"`), `"`, `\"`)
	}
	var text string
	err := json.Unmarshal([]byte(`"`+inner+`"`), &text)
	return text, err
}

func quoteScript(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string can be encoded
	return strings.TrimSpace(b.String())
}
