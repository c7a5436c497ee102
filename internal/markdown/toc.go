package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/page"
)

// maxContents bounds the lists of headings on one page.
const maxContents = 4

// place is where a list of headings goes.
type place struct{ part, staff int }

// isContents reports whether a paragraph is [TOC], [[_TOC_]] or [[toc]] alone,
// and keeps its place: the list can only be written when all headings are.
func (w *work) isContents(n *ast.Paragraph) bool {
	if n.Lines().Len() != 1 || len(w.tocs) == maxContents {
		return false
	}
	s := n.Lines().At(0)
	if s.Len() > 12 {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(string(s.Value(w.src)))) {
	case "[toc]", "[[toc]]", "[[_toc_]]":
		w.tocs = append(w.tocs, place{w.out.split(), w.staff})
		return true
	}
	return false
}

// contents writes the lists of headings in their places, the last one first,
// so that the places before it do not move.
func (w *work) contents() {
	for i := len(w.tocs) - 1; i >= 0; i-- {
		at := w.tocs[i].part
		body, staff := w.out, w.staff
		w.out, w.staff = builder{}, w.tocs[i].staff
		w.contentsList()
		list := w.out
		w.out, w.staff = body, staff
		w.out.insert(at, &list)
		for h := range w.page.Headings {
			if w.page.Headings[h].Part >= at {
				w.page.Headings[h].Part += len(list.parts)
			}
		}
	}
}

// contentsList is flat, with a class for each level. Headings for staff are not
// in a public list: what wraps them in the staff edition cannot stand inside a list.
func (w *work) contentsList() {
	w.out.markup(`<nav class="toc" aria-label="`)
	w.out.word("toc")
	w.out.markup("\"><ul>\n")
	for _, h := range w.page.Headings {
		if h.Level == 1 || h.Text == "" || h.Staff && w.staff == 0 {
			continue
		}
		w.out.markup(`<li class="toc-` + strconv.Itoa(h.Level) + `"><a href="#`)
		w.out.plain(page.Markup, h.ID)
		w.out.markup(`">`)
		words := w.page.Words
		w.text(page.Verbatim, h.Text, h.Pos)
		w.page.Words = words // the headings' words count once
		w.out.markup("</a></li>\n")
	}
	w.out.markup("</ul></nav>\n")
}
