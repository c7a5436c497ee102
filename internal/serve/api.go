package serve

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"peppermill/internal/diag"
)

const (
	mostOnPage = 50  // findings told to a page; the others are counted
	mostAtAll  = 500 // findings in the whole list
)

// finding is a diag.Diagnostic as the browser gets it. All of it is text, never
// HTML.
type finding struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Width   int    `json:"width"`
	Class   string `json:"class"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Excerpt string `json:"excerpt"`
	Here    bool   `json:"here,omitempty"`  // in the source of the page
	Fresh   bool   `json:"fresh,omitempty"` // in a source that this build found changed
	Open    string `json:"open,omitempty"`  // opens the place in an editor
}

// facts are what a page asks for about itself.
type facts struct {
	Build     int       `json:"build"`
	Server    string    `json:"server"`
	Source    string    `json:"source"`
	Title     string    `json:"title"`
	Stale     bool      `json:"stale"` // what is shown is from before something broke
	Marks     []string  `json:"marks"`
	Findings  []finding `json:"findings"`
	Elsewhere counts    `json:"elsewhere"`
	Changed   []string  `json:"changed"`
	Parsed    int       `json:"parsed"`
	Took      float64   `json:"took"` // milliseconds
	Assets    bool      `json:"assets"`
	Edited    *place    `json:"edited,omitempty"`
}

// counts are of findings: what must be mended, and advice.
type counts struct {
	Errors int `json:"errors"`
	Tips   int `json:"tips"`
}

func (c *counts) add(class diag.Class) {
	if class == diag.Tip {
		c.Tips++
	} else {
		c.Errors++
	}
}

// place is a page and the way to it.
type place struct {
	At    string `json:"at"`
	Title string `json:"title"`
}

// servePage answers ?at=/address/ with the facts of the page there. An address
// that is no page has findings too: the reason may be among them.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request, n *snapshot) {
	raw := r.URL.Query().Get("at")
	at, err := url.PathUnescape(raw)
	if err != nil || !soundPath(raw) {
		plainText(w, http.StatusBadRequest, "The question needs at=, the address of a page.")
		return
	}
	sendJSON(w, s.factsOf(n, at))
}

func (s *Server) factsOf(n *snapshot, address string) facts {
	path, _ := n.resolve(address)
	page, _ := n.page(path)
	f := facts{Build: n.number, Server: s.options.Instance, Source: page.Source, Title: page.Title,
		Marks: some(page.Marks), Changed: some(n.build.Changed), Parsed: n.build.Parsed,
		Took:   math.Round(n.build.Took.Seconds()*10_000) / 10,
		Assets: n.build.Assets}
	f.Findings = []finding{}
	if n.has(path) && isHTML(typeOf(path)) {
		_, f.Stale = s.look(n, path)
		if err := n.made(path).err; err != nil && !errors.Is(err, fs.ErrNotExist) {
			broken := s.finding(s.explain(err))
			broken.Here = true
			f.Findings = append(f.Findings, broken)
		}
	}
	var chosen []finding
	chosen, f.Elsewhere = s.choose(n, path, mostOnPage-len(f.Findings))
	f.Findings = append(f.Findings, chosen...)
	if n.edited != "" && n.edited != path {
		edited, _ := n.page(n.edited)
		f.Edited = &place{addressOf(n.edited), edited.Title}
	}
	return f
}

// choose picks the findings that a page should show: its own first, then what
// stops the site, then those of sources that just changed. Where there is no
// page, those of sources that cannot be read count as its own.
func (s *Server) choose(n *snapshot, path string, most int) ([]finding, counts) {
	here := map[string]bool{}
	if page, ok := n.page(path); ok {
		here[page.Source] = true
	} else if !n.has(path) {
		here = set(n.build.Broken)
	}
	delete(here, "")
	fresh := set(n.build.Changed)
	var by [3][]diag.Diagnostic
	var elsewhere counts
	for _, d := range n.build.Findings {
		switch {
		case here[d.Pos.Path]:
			by[0] = append(by[0], d)
		case d.Class == diag.Stop:
			by[1] = append(by[1], d)
		case fresh[d.Pos.Path]:
			by[2] = append(by[2], d)
		default:
			elsewhere.add(d.Class)
		}
	}
	var out []finding
	for _, group := range by {
		for _, d := range group {
			if len(out) == most {
				elsewhere.add(d.Class)
				continue
			}
			f := s.finding(d)
			f.Here, f.Fresh = here[d.Pos.Path], fresh[d.Pos.Path]
			out = append(out, f)
		}
	}
	return out, elsewhere
}

func set(words []string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[w] = true
	}
	return out
}

// explain makes a finding of an error in rendering.
func (s *Server) explain(err error) diag.Diagnostic {
	d := diag.Diagnostic{Message: "this page cannot be shown: " + err.Error()}
	if s.options.Explain != nil {
		d = s.options.Explain(err)
	}
	d.Class = cmp.Or(d.Class, diag.Fix)
	return d
}

// excerptRunes bounds an excerpt; a line may have megabytes.
const excerptRunes = 2000

func (s *Server) finding(d diag.Diagnostic) finding {
	excerpt := d.Excerpt
	if len(excerpt) > excerptRunes && utf8.RuneCountInString(excerpt) > excerptRunes {
		if excerpt = string([]rune(excerpt)[:excerptRunes]) + "…"; d.Pos.Column+d.Width > excerptRunes {
			excerpt = "" // the place would not be in it
		}
	}
	return finding{Path: d.Pos.Path, Line: d.Pos.Line, Column: d.Pos.Column, Width: d.Width, Class: d.Class.String(),
		Rule: d.Rule, Message: d.Message, Hint: d.Hint, Excerpt: excerpt,
		Open: s.editorLink(d.Pos.Path, d.Pos.Line, d.Pos.Column)}
}

// serveFindings answers with all findings, the first ones when they are many.
func (s *Server) serveFindings(w http.ResponseWriter, n *snapshot) {
	all := struct {
		Build    int       `json:"build"`
		Server   string    `json:"server"`
		Findings []finding `json:"findings"`
		counts
	}{Build: n.number, Server: s.options.Instance, Findings: []finding{}}
	for _, d := range n.build.Findings {
		all.add(d.Class)
		if len(all.Findings) < mostAtAll {
			all.Findings = append(all.Findings, s.finding(d))
		}
	}
	sendJSON(w, all)
}

// addressOf is the address of a page, as a link needs it.
func addressOf(path string) string {
	if path == "index.html" || strings.HasSuffix(path, "/index.html") {
		path = strings.TrimSuffix(path, "index.html")
	}
	return (&url.URL{Path: "/" + path}).EscapedPath()
}

// some is l, or an empty list that JSON writes as one.
func some(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}

// toJSON encodes v with <, > and & as escapes, so that it is harmless wherever
// it is taken for something else. The values here cannot fail to encode.
func toJSON(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return data
}

func sendJSON(w http.ResponseWriter, v any) {
	body := toJSON(v)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}
