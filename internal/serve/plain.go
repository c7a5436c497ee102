package serve

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"peppermill/internal/diag"
)

// The browser's side of the preview, and its own few pages.
//
//go:embed client plain
var embedded embed.FS

// ownFiles lists the embedded scripts and sheets by their addresses below
// /_peppermill/. Nothing else that lies beside them is answered.
func ownFiles() map[string]*answer {
	files := map[string]*answer{}
	fs.WalkDir(embedded, ".", func(name string, d fs.DirEntry, err error) error {
		ext := path.Ext(name)
		if err != nil || d.IsDir() || ext != ".js" && ext != ".css" {
			return err
		}
		body, err := embedded.ReadFile(name)
		sum := sha256.Sum256(body)
		_, below, _ := strings.Cut(name, "/")
		files[below] = &answer{body: body, kind: typeOf(name), tag: hex.EncodeToString(sum[:16])}
		return err
	})
	return files
}

// plainPage is a page that the preview makes itself, when there is none of the
// site's to show.
type plainPage struct {
	Title, Text, Detail string
	Again               bool // without a script, look again in two seconds
	Home                bool // offer the way home
}

// sendPlain sends a page of our own. The script in it shows the findings, and
// brings the site's page as soon as there is one.
func (s *Server) sendPlain(w http.ResponseWriter, r *http.Request, n *snapshot, status int, p plainPage) {
	layout, err := template.ParseFS(embedded, "plain/page.html")
	var b bytes.Buffer
	if err == nil {
		err = layout.Execute(&b, p)
	}
	if err != nil {
		plainText(w, status, p.Title)
		return
	}
	s.sendPage(w, r, n, &answer{body: b.Bytes(), kind: typeOf("page.html")}, status)
}

// sendNothing answers before there is anything to show.
func (s *Server) sendNothing(w http.ResponseWriter, r *http.Request, n *snapshot) {
	w.Header().Set("Retry-After", "2")
	if n.number == 0 {
		s.sendPlain(w, r, n, http.StatusServiceUnavailable, plainPage{Title: "Building the site …",
			Text: "It appears here as soon as it is ready.", Again: true})
		return
	}
	detail := ""
	for _, d := range n.build.Findings {
		if d.Class == diag.Stop && detail == "" {
			detail = said(d)
		}
	}
	s.sendPlain(w, r, n, http.StatusServiceUnavailable, plainPage{Title: "The site cannot be built yet",
		Text: "Its settings or its theme have a mistake. Mend it and save; the site then appears here by itself.", Detail: detail, Again: true})
}

// sendMissing answers with the site's own 404 page where it has one.
func (s *Server) sendMissing(w http.ResponseWriter, r *http.Request, n *snapshot) {
	if a, _ := s.look(n, "404.html"); a.err == nil && a.stream == nil {
		s.sendPage(w, r, n, a, http.StatusNotFound)
		return
	}
	s.sendPlain(w, r, n, http.StatusNotFound, plainPage{Title: "There is no page here",
		Text: "No page of the site has this address.", Home: true})
}

// sendBroken answers for a file that cannot be made and never could.
func (s *Server) sendBroken(w http.ResponseWriter, r *http.Request, n *snapshot, path string, err error) {
	detail := said(s.explain(err))
	if !isHTML(typeOf(path)) {
		plainText(w, http.StatusInternalServerError, "This file cannot be shown: "+detail)
		return
	}
	s.sendPlain(w, r, n, http.StatusInternalServerError, plainPage{Title: "This page cannot be shown yet",
		Text: "Mend what is named here and save; the page then appears by itself.", Detail: detail})
}

// said is a finding as one line.
func said(d diag.Diagnostic) string {
	text := d.Message
	if d.Pos.Path != "" {
		text = fmt.Sprintf("%s:%d:%d: %s", d.Pos.Path, max(d.Pos.Line, 1), max(d.Pos.Column, 1), d.Message)
	}
	return diag.Clean(text)
}
