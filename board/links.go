package board

import (
	"context"
	"fmt"

	"corkboard/auth"
)

// SharedLink is a link with the secret that is handed out.
type SharedLink struct {
	Link
	Token string
}

// linkRoles are the roles that links hand out, in the order in which they are shown.
var linkRoles = []Role{Editor, Viewer}

func newLink(board string, role Role) Link {
	return Link{ID: auth.NewID("l"), Board: board, Role: role}
}

// token is the link's secret. It is derived and not stored, so that its owner
// can copy it again while the database holds a hash alone.
func (l *Library) token(link Link) string { return auth.Derive(l.key, "link."+link.ID) }

func (l *Library) hashes(links []Link) [][]byte {
	hashes := make([][]byte, len(links))
	for i, link := range links {
		hashes[i] = auth.Hash(l.token(link))
	}
	return hashes
}

// Links returns the board's links with their tokens, those to edit with first;
// ErrForbidden for roles that may not share.
func (l *Library) Links(ctx context.Context, g Grant) ([]SharedLink, error) {
	if !g.Role.CanShare() {
		return nil, ErrForbidden
	}
	links, err := l.catalog.Links(ctx, g.Board)
	if err != nil {
		return nil, fmt.Errorf("read a board's links: %w", err)
	}
	var shared []SharedLink
	for _, role := range linkRoles {
		for _, link := range links {
			if link.Role == role {
				shared = append(shared, SharedLink{link, l.token(link)})
			}
		}
	}
	return shared, nil
}

// ResetLink turns off the board's links of a role and makes a new one. Whoever
// came by an old one and has no other right loses the board at once.
func (l *Library) ResetLink(ctx context.Context, g Grant, role Role) error {
	switch {
	case !g.Role.CanShare():
		return ErrForbidden
	case role != Editor && role != Viewer:
		return fmt.Errorf("there is no %q link: %w", role, ErrNotFound)
	}
	link := newLink(g.Board, role)
	if err := l.catalog.ReplaceLink(ctx, link, auth.Hash(l.token(link)), l.now().UTC()); err != nil {
		return fmt.Errorf("replace a link: %w", err)
	}
	l.editing.Recheck(g.Board)
	return nil
}

// Open exchanges a share token for the user's own right to its board, and
// returns the board's id. Unknown and revoked tokens are ErrNotFound alike.
func (l *Library) Open(ctx context.Context, user auth.User, token string) (string, error) {
	link, err := l.catalog.LinkByToken(ctx, auth.Hash(token))
	if err != nil {
		return "", fmt.Errorf("open a share link: %w", err)
	}
	if err := l.catalog.OpenLink(ctx, user.ID, link); err != nil {
		return "", fmt.Errorf("open a share link: %w", err)
	}
	l.editing.RecheckMember(link.Board, user.ID) // it may be a better link than the one they came by
	return link.Board, nil
}

// EmbedLink finds the view link of an embed by its token. Any other link is
// ErrNotFound: what stands in somebody's page only ever shows.
func (l *Library) EmbedLink(ctx context.Context, token string) (Link, error) {
	link, err := l.catalog.LinkByToken(ctx, auth.Hash(token))
	if err != nil {
		return Link{}, fmt.Errorf("open an embed: %w", err)
	}
	if link.Role != Viewer {
		return Link{}, ErrNotFound
	}
	return link, nil
}

// Ticket returns a short-lived proof with which a page that has no cookie
// opens its socket in the link's name.
func (l *Library) Ticket(link Link) string {
	return auth.Ticket(l.key, link.ID, l.now())
}

// TicketHolder is the principal that a ticket stands for; auth.ErrUnknown.
func (l *Library) TicketHolder(ticket string) (Principal, error) {
	id, err := auth.TicketSubject(l.key, ticket, l.now())
	if err != nil {
		return Principal{}, fmt.Errorf("check a ticket: %w", err)
	}
	return Principal{Kind: ByLink, ID: id}, nil
}

// LinkRole is the role that a share token hands out; ErrNotFound.
func (l *Library) LinkRole(ctx context.Context, token string) (Role, error) {
	link, err := l.catalog.LinkByToken(ctx, auth.Hash(token))
	if err != nil {
		return "", fmt.Errorf("look at a share link: %w", err)
	}
	return link.Role, nil
}
