package views

import (
	"context"
	"fmt"
	"strings"
)

// say is a text in the language of the page. It stands in the code in English,
// and that is what a language's catalogue finds its own by. Pairs fill the
// {name}s of it: say(ctx, "Delete {board}?", "board", b.Name).
func say(ctx context.Context, english string, pairs ...any) string {
	if len(pairs) == 0 {
		return english
	}
	filled := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		filled = append(filled, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(filled...).Replace(english)
}
