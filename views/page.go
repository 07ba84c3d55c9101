package views

// Page is what every document needs, whatever it shows.
type Page struct {
	Title    string // of a page that has none of its own, without the product's name, which the layout adds; "" for the product's name alone
	Assets   Assets
	Me       *Me    // who looks at the page, nil before there is a session
	Language string // the language that was chosen on this device, "" for the browser's
	Theme    string // "light" or "dark"; anything else follows the system
	NoIndex  bool   // asks search engines to stay away
	OEmbed   string // address of the page's oEmbed document, "" when it has none
}

// Assets are the URLs of the files a page loads. An empty one is left out.
type Assets struct {
	BoardStyle  string   // on board and embed pages
	BoardScript string   // the board's client, there too
	BoardPlain  string   // the style on top, there, where no script runs
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

// personColors is how many colours a person can choose from.
const personColors = 12

const product = "Corkboard"

// titled is the page under a title of its own making.
func (p Page) titled(title string) Page {
	p.Title = title
	return p
}

func (p Page) title() string {
	if p.Title == "" {
		return product
	}
	return p.Title + " · " + product
}
