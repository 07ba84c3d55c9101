package web

import (
	"net/http"
	"net/url"
	"time"

	"corkboard/assets/words"
	"corkboard/views"
)

// The cookies in which a device keeps the language and the theme that somebody
// chose on it. They are no secret: the pages' script writes them too.
const (
	languageCookie = "corkboard-language"
	themeCookie    = "corkboard-theme"
)

const lookLife = 400 * 24 * time.Hour // no browser keeps a cookie for longer

// languageOf is the language to answer in: the address may ask for one, the
// device may keep one, else it is the browser's.
func languageOf(r *http.Request) words.Language {
	chosen := r.URL.Query().Get("lang")
	if chosen == "" {
		chosen = cookie(r, languageCookie)
	}
	return words.Choose(chosen, r.Header.Get("Accept-Language"))
}

// chosenLanguage is the one that the device keeps, "" when it keeps none.
func chosenLanguage(r *http.Request) string {
	if tag := cookie(r, languageCookie); words.IsLanguage(tag) {
		return tag
	}
	return ""
}

// cookie is the value of a cookie, "" when there is none.
func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// changeLook keeps a language and a theme on the device of somebody whose
// browser runs no script, and shows the page again on which they chose.
func (s *Server) changeLook(w http.ResponseWriter, r *http.Request) error {
	if err := form(w, r); err != nil {
		return err
	}
	s.keepLook(w, languageCookie, r.PostForm.Get("language"), words.IsLanguage)
	s.keepLook(w, themeCookie, r.PostForm.Get("theme"), views.IsTheme)
	return redirect(w, r, s.cameFrom(r))
}

// keepLook sets a cookie, or takes it away where nothing known was chosen.
func (s *Server) keepLook(w http.ResponseWriter, name, value string, known func(string) bool) {
	c := &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(lookLife.Seconds()), Secure: s.secure(), SameSite: http.SameSiteLaxMode}
	if !known(value) {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(w, c)
}

// cameFrom is the page of ours that the request was sent from, or the first one.
func (s *Server) cameFrom(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || originOf(from) != s.origin {
		return s.link("/")
	}
	return s.link(from.RequestURI())
}
