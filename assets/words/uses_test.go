package words

import (
	"fmt"
	"testing"
)

func TestUses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in     func(string) []Use
		source string
		want   string
	}{
		{InScript, `say('Zoom in')`, "[Zoom in]"},
		{InScript, `x = [say("It’s \"here\""), say('It\'s “so”')]`, `[It’s "here"] [It's “so”]`},
		{InScript, "show(say('{who} left', { who: f(a, ')') }))", "[{who} left]"},
		{InScript, "plural(count(a, [b]),\n  '{n} note', '{n} notes', { n })", "[{n} note {n} notes]"},
		{InScript, "say('a\\n\\u00a0b')", "[a\n\u00a0b]"},
		{InScript, "say(words)", "! the text is not one literal: words"},
		{InScript, "say('a' + 'b')", "! the text is not one literal: 'a' + 'b'"},
		{InScript, "say(`a`)", "! the text is not one literal: `a`"},
		{InScript, "say()", "! the text is not one literal: "},
		{InScript, "plural(n, 'one')", "! there is no text"},
		{InScript, "export function say(english: string)", ""},
		{InScript, "  // say('Zoom in')\n * say('Zoom out')", ""},
		{InScript, "others.say('x'); essay('y'); say2('z')", ""},
		{InPage, `<p>{ say(ctx, "It’s {n}", "n", f("a,b")) }</p>`, "[It’s {n}]"},
		{InPage, "title={ say(ctx, `a \"b\"`) }", `[a "b"]`},
		{InPage, `plural(ctx, len(l), "{n} note", "{n} notes")`, "[{n} note {n} notes]"},
		{InPage, "func say(ctx context.Context, english string)", ""},
	} {
		got := ""
		for _, use := range c.in(c.source) {
			if got != "" {
				got += " "
			}
			got += told(use)
		}
		if got != c.want {
			t.Errorf("%s says %s, want %s", c.source, got, c.want)
		}
	}
}

func told(u Use) string {
	if u.Fault != "" {
		return "! " + u.Fault
	}
	texts := []string{}
	for _, l := range u.Texts {
		texts = append(texts, l.Text)
	}
	return fmt.Sprint(texts)
}

func TestTranslate(t *testing.T) {
	t.Parallel()
	c := Catalog{"Close": `Schließen`, "{n} note": "{n} „Zettel“", "Say \"no\"": "Sag\n\"nein\" <b>"}
	source := `a(say('Close'), plural(n, '{n} note', '{n} notes'), say("Say \"no\""), say(x), 'Close')`
	want := `a(say("Schließen"), plural(n, "{n} „Zettel“", '{n} notes'), say("Sag\n\"nein\" <b>"), say(x), 'Close')`
	if got := Translate(source, c); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
