package views

// option is one of the things to choose from.
type option struct{ value, words string }

// The colours of the desk, which the browser's own bars take on; tokens.css has
// them as --desk.
const (
	dayDesk   = "#F5F3EE"
	nightDesk = "#17181B"
)

// IsTheme tells whether a page can be told to be of the theme.
func IsTheme(name string) bool { return name == "light" || name == "dark" }

func (p Page) theme() string {
	if IsTheme(p.Theme) {
		return p.Theme
	}
	return "system"
}

// schemes are those that the browser paints its own parts in, and the page
// before its style sheet has come.
func (p Page) schemes() string {
	if IsTheme(p.Theme) {
		return p.Theme
	}
	return "light dark"
}

// barColor is the colour of the browser's bars while the system is of a theme.
func (p Page) barColor(system string) string {
	if IsTheme(p.Theme) {
		system = p.Theme
	}
	if system == "dark" {
		return nightDesk
	}
	return dayDesk
}
