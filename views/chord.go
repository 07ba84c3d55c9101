package views

import (
	"context"
	"strings"
)

// keyed is a control's name with the keys that do the same: "Undo (Ctrl+Z)".
func keyed(ctx context.Context, words, keys string) string {
	return words + " (" + chord(ctx, keys) + ")"
}

// chord is keys that are pressed together, by what stands on them: "Strg+Z".
func chord(ctx context.Context, keys string) string {
	if len(keys) < 2 {
		return keys
	}
	plus := strings.HasSuffix(keys, "+") // the last key is the plus itself
	parts := strings.Split(strings.TrimSuffix(keys, "+"), "+")
	for i, part := range parts {
		parts[i] = keyName(ctx, part)
	}
	joined := strings.Join(parts, "+")
	if plus {
		joined += "+"
	}
	return joined
}

// keyName is what stands on a key, or what else takes part in a chord.
func keyName(ctx context.Context, key string) string {
	switch key {
	case "Ctrl":
		return say(ctx, "Ctrl")
	case "Shift":
		return say(ctx, "Shift")
	case "Esc":
		return say(ctx, "Esc")
	case "Enter":
		return say(ctx, "Enter")
	case "Del":
		return say(ctx, "Del")
	case "Space":
		return say(ctx, "Space")
	}
	return key
}
