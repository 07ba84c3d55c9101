package views

import (
	"context"

	"github.com/a-h/templ"
)

// ShareView is what the owner of a board sees about its links.
type ShareView struct {
	ID    string
	Name  string
	Links []ShareLink
	Embed string // address for an iframe, "" when the view link is off
}

// ShareLink is one link that can be handed out.
type ShareLink struct {
	Role string // "editor" or "viewer"
	URL  string // "" when the link is off, or was made when only its hash was kept
}

func (l ShareLink) heading(ctx context.Context) string {
	if l.Role == "editor" {
		return say(ctx, "Can edit")
	}
	return say(ctx, "Can view")
}

func (l ShareLink) meaning(ctx context.Context) string {
	if l.Role == "editor" {
		return say(ctx, "Anyone with this link can add, change and delete notes.")
	}
	return say(ctx, "Anyone with this link sees the board live and changes nothing.")
}

// snippet is the HTML that shows the board in another page. It is shown as
// text, so what stands in it is escaped twice: here for the page it is pasted
// into, and by the template for ours.
func (s ShareView) snippet(ctx context.Context) string {
	return `<iframe src="` + escape(s.Embed) + `" title="` + escape(orUntitled(ctx, s.Name)) +
		`" width="768" height="432" loading="lazy" allow="fullscreen; clipboard-write"` +
		` allowfullscreen referrerpolicy="strict-origin-when-cross-origin"></iframe>`
}

func escape(s string) string { return templ.EscapeString(s) }
