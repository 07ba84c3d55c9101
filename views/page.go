package views

// Page is what every document needs, whatever it shows.
type Page struct {
	Title   string // without the product's name, which the layout adds; "" for the product's name alone
	Assets  Assets
	Me      *Me    // who looks at the page, nil before there is a session
	Theme   string // "light" or "dark"; anything else follows the system
	NoIndex bool   // asks search engines to stay away
	OEmbed  string // address of the page's oEmbed document, "" when it has none
}

// Assets are the URLs of the files a page loads. An empty one is left out.
type Assets struct {
	BoardStyle  string   // on board and embed pages
	BoardScript string   // the board's client, there too
	PageStyle   string   // on all other pages
	PageScript  string   // htmx, there too
	Mark        string   // the mark as SVG, the icon of the tab
	Fonts       []string // font files worth fetching before the style sheet asks for them
}

// Me is the person who looks at the page.
type Me struct {
	Name  string // "" until they said it
	Color int    // 0..11, index into the person palette
}

func (m *Me) name() string {
	if m == nil {
		return ""
	}
	return m.Name
}

// color is the person's colour, the first one before they chose.
func (m *Me) color() int {
	if m == nil {
		return 0
	}
	return m.Color
}

// PersonColors are the names of the person palette by index; the values stand
// in assets/css/tokens.css as --person-0 to --person-11.
var PersonColors = []string{
	"Indigo", "Amber", "Rose", "Mint", "Red", "Sky",
	"Plum", "Mustard", "Navy", "Lavender", "Maroon", "Mauve",
}

const product = "Corkboard"

func (p Page) title() string {
	if p.Title == "" {
		return product
	}
	return p.Title + " · " + product
}

func (p Page) theme() string {
	if p.Theme == "light" || p.Theme == "dark" {
		return p.Theme
	}
	return "system"
}
