package serve

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// guard is one reason to refuse a request before anything is looked up. Any web
// page that is open in the same browser can send requests to this machine, and
// with a name of its own that leads here (DNS rebinding) it could read the
// answers; so could a link or a form in another tab reach where it should not.
type guard struct {
	name string
	// refuse gives the status and the reason, or 0. Reasons are fixed words:
	// nothing of a request is repeated.
	refuse func(s *Server, r *http.Request) (status int, why string)
}

// guards are all of them, in their order. Tests switch each one off and see
// that something then gets through.
func guards() []guard {
	return []guard{
		{"host", guardHost},
		{"origin", guardOrigin},
		{"fetch", guardFetch},
		{"method", guardMethod},
		{"body", guardBody},
		{"length", guardLength},
		{"path", guardPath},
	}
}

// refused asks all guards.
func (s *Server) refused(r *http.Request) (status int, why string) {
	for _, g := range s.guards {
		if status, why = g.refuse(s, r); status != 0 {
			return status, why
		}
	}
	return 0, ""
}

// guardHost keeps out DNS rebinding: the browser says under which name it asks.
func guardHost(s *Server, r *http.Request) (int, string) {
	if !s.ours(r.Host) {
		return http.StatusForbidden, "This preview answers only under its own names, such as localhost. " +
			"If you meant to look at it from another device, serve it on that address."
	}
	return 0, ""
}

// guardOrigin refuses a script of another page that shows where it is from.
func guardOrigin(_ *Server, r *http.Request) (int, string) {
	for _, origin := range r.Header["Origin"] {
		if !strings.EqualFold(origin, "http://"+r.Host) && !strings.EqualFold(origin, "https://"+r.Host) {
			return http.StatusForbidden, "This preview does not answer other web pages."
		}
	}
	return 0, ""
}

// guardFetch refuses everything that another site's page asks for, but for a
// link to a page of the preview, which only the reader gets to see.
func guardFetch(_ *Server, r *http.Request) (int, string) {
	for _, site := range r.Header["Sec-Fetch-Site"] {
		if site == "same-origin" || site == "none" {
			continue
		}
		link := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" &&
			r.Header.Get("Sec-Fetch-Dest") == "document" && !strings.HasPrefix(r.URL.Path, own)
		if site != "cross-site" && site != "same-site" || !link {
			return http.StatusForbidden, "This preview does not answer other web sites."
		}
	}
	return 0, ""
}

func guardMethod(_ *Server, r *http.Request) (int, string) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return http.StatusMethodNotAllowed, "A preview can only be read."
	}
	return 0, ""
}

// guardBody refuses what no reader sends: a body, and a change of protocol.
func guardBody(_ *Server, r *http.Request) (int, string) {
	if r.ContentLength != 0 || len(r.TransferEncoding) > 0 || r.Header.Get("Upgrade") != "" {
		return http.StatusBadRequest, "A preview takes nothing in."
	}
	return 0, ""
}

const longest = 4096 // bytes of a request's target

func guardLength(_ *Server, r *http.Request) (int, string) {
	if len(r.RequestURI) > longest {
		return http.StatusRequestURITooLong, "This address is too long."
	}
	return 0, ""
}

// guardPath refuses targets that are not a plain path: a whole address, as
// proxies get it, "*", and paths with tricks in them.
func guardPath(_ *Server, r *http.Request) (int, string) {
	raw, _, _ := strings.Cut(r.RequestURI, "?")
	if !soundPath(raw) {
		return http.StatusBadRequest, "This is not an address of the preview."
	}
	return 0, ""
}

// soundPath reports whether a path, as it stands in a request, has one meaning
// only. Files are looked up in a map by their exact path, so nothing else could
// lead out of the site; this says so early, and keeps such paths out of
// redirects.
func soundPath(raw string) bool {
	p, err := url.PathUnescape(raw)
	if err != nil || !strings.HasPrefix(p, "/") || !utf8.ValidString(p) || strings.ContainsFunc(p, unsafe) ||
		strings.Count(p, "/") != strings.Count(raw, "/") {
		return false
	}
	parts := strings.Split(p[1:], "/")
	for i, part := range parts {
		if part == "" && i < len(parts)-1 || part == "." || part == ".." {
			return false
		}
	}
	return true
}

// unsafe is true of characters that no address of a site has: control
// characters, and a backslash, which some browsers take for a slash.
func unsafe(r rune) bool { return r == '\\' || unicode.IsControl(r) }
