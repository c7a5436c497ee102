package serve

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// own is where everything lies that is not the site's.
const own = "/_peppermill/"

// serve answers every request: guards first, then the preview's own addresses,
// then the site's.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	if status, why := s.refused(r); status != 0 {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, HEAD")
		}
		plainText(w, status, why)
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, own); ok {
		s.serveOwn(w, r, name)
		return
	}
	s.serveSite(w, r, s.first(r))
}

// protect sets what stands over every answer, refusals too: no other origin may
// read, frame or guess about it, and its pages ask nobody else for anything.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
}

func plainText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)+1))
	w.WriteHeader(status)
	io.WriteString(w, text+"\n")
}

// serveOwn answers below /_peppermill/.
func (s *Server) serveOwn(w http.ResponseWriter, r *http.Request, name string) {
	switch name {
	case "events":
		s.serveEvents(w, r)
	case "page":
		s.servePage(w, r, s.now.Load())
	case "findings":
		s.serveFindings(w, s.now.Load())
	default:
		file, ok := s.files[name]
		if !ok {
			plainText(w, http.StatusNotFound, "There is nothing here.")
			return
		}
		s.send(w, r, file)
	}
}

// first is the snapshot to answer from. Before the first build it waits a
// moment, as that is often about to be done.
func (s *Server) first(r *http.Request) *snapshot {
	n := s.now.Load()
	if n.number > 0 {
		return n
	}
	timer := time.NewTimer(s.patience)
	defer timer.Stop()
	select {
	case <-n.next:
	case <-timer.C:
	case <-r.Context().Done():
	}
	return s.now.Load()
}

// serveSite answers at the site's own addresses.
func (s *Server) serveSite(w http.ResponseWriter, r *http.Request, n *snapshot) {
	if !n.shown {
		s.sendNothing(w, r, n)
		return
	}
	path, slash := n.resolve(r.URL.Path)
	if slash {
		to := url.URL{Path: r.URL.Path + "/", RawQuery: r.URL.RawQuery}
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Location", to.String())
		w.WriteHeader(http.StatusFound)
		return
	}
	a, _ := s.look(n, path)
	switch {
	case a.err == nil && isHTML(a.kind) && a.stream == nil:
		s.sendPage(w, r, n, a, http.StatusOK)
	case a.err == nil:
		s.send(w, r, a)
	case errors.Is(a.err, errAbsent) || errors.Is(a.err, fs.ErrNotExist):
		s.sendMissing(w, r, n)
	default:
		s.sendBroken(w, r, n, path, a.err)
	}
}

// resolve gives the output path that an address means. slash reports that the
// address of the page ends in a slash and this one does not.
func (n *snapshot) resolve(address string) (path string, slash bool) {
	path = strings.TrimPrefix(address, "/")
	switch {
	case path == "" || strings.HasSuffix(path, "/"):
		return path + "index.html", false
	case !n.has(path) && n.has(path+"/index.html"):
		return path + "/index.html", true
	}
	return path, false
}

// sendPage sends HTML with the script element added. Its tag is that of the
// bytes without it, so a page that a build did not change is 304.
func (s *Server) sendPage(w http.ResponseWriter, r *http.Request, n *snapshot, a *answer, status int) {
	tag := a.tag
	if status != http.StatusOK {
		tag = ""
	}
	if tag != "" && s.unchanged(w, r, tag) {
		return
	}
	body := inject(a.body, s.element(n, tag))
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// unchanged answers 304 when the reader has these bytes, and otherwise sets the
// headers that let it ask next time.
func (s *Server) unchanged(w http.ResponseWriter, r *http.Request, tag string) bool {
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", `"`+tag+`"`)
	for _, list := range r.Header["If-None-Match"] {
		for one := range strings.SplitSeq(list, ",") {
			one = strings.Trim(strings.TrimPrefix(strings.TrimSpace(one), "W/"), `"`)
			if one == tag || one == "*" {
				w.WriteHeader(http.StatusNotModified)
				return true
			}
		}
	}
	return false
}

// send sends a file as it is, or the range of it that is asked for.
func (s *Server) send(w http.ResponseWriter, r *http.Request, a *answer) {
	if s.unchanged(w, r, a.tag) {
		return
	}
	w.Header().Set("Content-Type", a.kind)
	if a.stream == nil {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
		return
	}
	if strings.Contains(r.Header.Get("Range"), ",") {
		r.Header.Del("Range") // each of many ranges would read the file again
	}
	f := newFilm(a.stream, a.size)
	defer f.Close()
	http.ServeContent(rolling{w, http.NewResponseController(w)}, r, "", time.Time{}, f)
}
