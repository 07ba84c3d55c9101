package views

import (
	"context"

	"corkboard/assets/words"
)

type languageKey struct{}

// InLanguage lets everything that is made with the context speak the language.
func InLanguage(ctx context.Context, l words.Language) context.Context {
	return context.WithValue(ctx, languageKey{}, l)
}

// Language is that of the context, or English.
func Language(ctx context.Context) words.Language {
	if l, ok := ctx.Value(languageKey{}).(words.Language); ok {
		return l
	}
	return words.English
}

// say is a text in the language of the page. It stands in the code in English,
// and that is what a language's catalogue finds its own by. Pairs fill the
// {name}s of it: say(ctx, "Delete {board}?", "board", b.Name).
func say(ctx context.Context, english string, pairs ...any) string {
	return translate(ctx, english, pairs...)
}

// plural is the text for so many things: plural(ctx, n, "{n} note", "{n} notes").
func plural(ctx context.Context, n int, one, many string, pairs ...any) string {
	if n == 1 {
		many = one
	}
	return translate(ctx, many, append([]any{"n", Language(ctx).Number(n)}, pairs...)...)
}

// translate is say for a text that does not stand beside it: what became of a
// request is written down in web/errors.go, where the catalogues' test reads it.
func translate(ctx context.Context, english string, pairs ...any) string {
	return Language(ctx).Say(english, pairs...)
}
