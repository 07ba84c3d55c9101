package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corkboard/assets/words"
	"corkboard/notes/archive"
)

// problem is an error as programs get it: RFC 9457, with a code that does not
// change and, where single values are wrong, a list of them.
type problem struct {
	Type    string          `json:"type" example:"about:blank"`
	Title   string          `json:"title" doc:"What happened, in a few words"`
	Status  int             `json:"status" doc:"The HTTP status"`
	Detail  string          `json:"detail,omitempty" doc:"What happened, in sentences"`
	Code    string          `json:"code" doc:"What happened, for programs" example:"not_found"`
	Errors  []archive.Fault `json:"errors,omitempty" doc:"Every value that is wrong"`
	headers http.Header
}

func init() {
	// The library keeps its way to make errors in a variable; ours is set before
	// any operation is registered.
	huma.NewError = func(status int, message string, causes ...error) huma.StatusError {
		p := &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: sentence(message), Code: codeOf(status)}
		for _, cause := range causes {
			p.Errors = append(p.Errors, faultOf(cause))
		}
		return p
	}
}

func codeOf(status int) string {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "invalid"
	case http.StatusRequestEntityTooLarge:
		return "too_large"
	case http.StatusUnsupportedMediaType:
		return "media_type"
	}
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
}

// faultOf puts what the library found wrong into our form. It leaves out the
// value, which the sender has.
func faultOf(cause error) archive.Fault {
	d, ok := cause.(huma.ErrorDetailer)
	if !ok {
		return archive.Fault{Code: "invalid", Detail: sentence(cause.Error())}
	}
	detail := d.ErrorDetail()
	f := archive.Fault{Code: "invalid", Detail: sentence(detail.Message)}
	if rest, ok := strings.CutPrefix(detail.Location, "body"); ok {
		f.Pointer = strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(rest)
		return f
	}
	if detail.Location != "" {
		f.Detail = detail.Location + ": " + detail.Message + "."
	}
	return f
}

func problemOf(t trouble) *problem {
	detail := strings.TrimSpace(words.Fill(t.detail, t.values...) + " " + t.kept)
	p := &problem{Type: "about:blank", Title: strings.TrimSuffix(t.title, "."), Status: t.status, Detail: detail, Code: t.code}
	if t.retry > 0 {
		p.headers = http.Header{"Retry-After": {seconds(t.retry)}}
	}
	if t.status == http.StatusUnauthorized {
		p.headers = http.Header{"Www-Authenticate": {`Bearer realm="corkboard"`}}
	}
	return p
}

// Error makes a problem an error.
func (p *problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is the HTTP status, for huma.
func (p *problem) GetStatus() int { return p.Status }

// GetHeaders are headers of the answer, for huma.
func (p *problem) GetHeaders() http.Header { return p.headers }

// ContentType is the media type of problems, for huma.
func (p *problem) ContentType(string) string { return "application/problem+json" }

// writeProblem answers outside of huma.
func writeProblem(w http.ResponseWriter, p *problem) {
	for name, values := range p.headers {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a reader that has gone away has no use for an error
}
