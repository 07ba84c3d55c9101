package views

import "context"

// colorName is a note's colour in words, as it stands within a sentence.
func colorName(ctx context.Context, color string) string {
	switch color {
	case "yellow":
		return say(ctx, "yellow")
	case "orange":
		return say(ctx, "orange")
	case "coral":
		return say(ctx, "coral")
	case "pink":
		return say(ctx, "pink")
	case "violet":
		return say(ctx, "violet")
	case "blue":
		return say(ctx, "blue")
	case "sky":
		return say(ctx, "sky")
	case "teal":
		return say(ctx, "teal")
	case "green":
		return say(ctx, "green")
	case "lime":
		return say(ctx, "lime")
	case "sand":
		return say(ctx, "sand")
	case "white":
		return say(ctx, "white")
	case "grey":
		return say(ctx, "grey")
	case "graphite":
		return say(ctx, "graphite")
	}
	return color
}

// newNote names what makes a note of a colour.
func newNote(ctx context.Context, color string) string {
	return say(ctx, "New {color} note", "color", colorName(ctx, color))
}

// personColor is a person's colour in words, by its place in the person
// palette; the values stand in assets/css/palette.css.
func personColor(ctx context.Context, i int) string {
	return [...]string{
		say(ctx, "Indigo"), say(ctx, "Amber"), say(ctx, "Rose"), say(ctx, "Mint"), say(ctx, "Red"), say(ctx, "Sky"),
		say(ctx, "Plum"), say(ctx, "Mustard"), say(ctx, "Navy"), say(ctx, "Lavender"), say(ctx, "Maroon"), say(ctx, "Mauve"),
	}[i]
}
