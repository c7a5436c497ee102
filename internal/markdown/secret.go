package markdown

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// What stands in a staff part must not show in the text around it either: not
// through an address that was defined there, not in the number of a footnote,
// and not in the name of a heading, which would say that there is another one
// of the same words.

// secret reports whether n is for staff only, once all blocks are known.
// Footnotes lie together in one place of the tree, so each knows by itself.
func secret(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		switch n := n.(type) {
		case *blockNode:
			if n.staff {
				return true
			}
		case *noteNode:
			return n.staff
		}
	}
	return false
}

// hushed is the context of what stands in a staff part: addresses that are
// defined in such parts are known only there.
type hushed struct {
	parser.Context
	w *work
}

// hush returns the context for a place.
func hush(pc parser.Context, staff bool) parser.Context {
	if _, already := pc.(hushed); already || !staff {
		return pc
	}
	return hushed{pc, workOf(pc)}
}

// AddReference keeps the first address of a label, as Markdown does.
func (h hushed) AddReference(r parser.Reference) {
	if h.w.staffLinks == nil {
		h.w.staffLinks = map[string]parser.Reference{}
	}
	if key := string(r.Label()); h.w.staffLinks[key] == nil {
		h.w.staffLinks[key] = r
	}
}

// Reference prefers what was defined for staff.
func (h hushed) Reference(label string) (parser.Reference, bool) {
	if r := h.w.staffLinks[label]; r != nil {
		return r, true
	}
	return h.Context.Reference(label)
}

// notesOf is the footnotes that are defined in staff parts, or the others.
func (w *work) notesOf(staff bool) map[string]*noteNode {
	notes := &w.notes
	if staff {
		notes = &w.staffNotes
	}
	if *notes == nil {
		*notes = map[string]*noteNode{}
	}
	return *notes
}

// noteFor finds a footnote by its label: first among those of the part that
// refers to it. Of two with one label, each is the one of its edition.
func (w *work) noteFor(label string, staff bool) *noteNode {
	first, then := w.notes, w.staffNotes
	if staff {
		first, then = then, first
	}
	if n := first[label]; n != nil {
		return n
	}
	return then[label]
}

// publicFirst gives headings their identifiers, and footnotes their numbers,
// first to those that everybody reads.
func (w *work) publicFirst(root ast.Node) {
	if !w.hasStaff {
		return
	}
	w.publicIn(root)
	for i := 0; i < len(w.queue); i++ { // grows while notes refer to others
		w.publicIn(w.queue[i])
	}
}

func (w *work) publicIn(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function gives no error
		if !entering {
			return ast.WalkContinue, nil
		}
		if w.hidden[n] {
			return ast.WalkSkipChildren, nil
		}
		switch n := n.(type) {
		case *notesNode, *ast.Image:
			return ast.WalkSkipChildren, nil
		case *blockNode:
			if n.staff {
				return ast.WalkSkipChildren, nil
			}
		case *ast.Heading:
			w.publicHeading(n)
		case *noteRef:
			w.publicReference(n.note)
		}
		return ast.WalkContinue, nil
	})
}

func (w *work) publicHeading(n *ast.Heading) {
	if slices.ContainsFunc(attrsOf(n), func(a page.Attr) bool { return a.Name == "id" }) {
		return
	}
	if w.named == nil {
		w.named = map[*ast.Heading]string{}
	}
	w.named[n] = w.newID(w.headingSlug(n))
}

func (w *work) publicReference(note *noteNode) {
	if note.staff {
		return
	}
	note.open++
	w.enqueue(note)
}

// included takes down the files of which lines stand in the body.
func (w *work) included(root ast.Node) {
	var last string
	line := 0 // of the including file, that was seen last
	for i, o := range w.file.Lines {
		if o.Path == w.file.Path {
			last, line = "", o.Line
			continue
		}
		staff := w.lineIsSecret(root, i+1)
		if o.Path != last {
			last = o.Path
			line++
			w.include(page.Include{Path: o.Path, Staff: staff, Pos: diag.Pos{Path: w.file.Path, Line: line}})
		} else if !staff {
			w.include(page.Include{Path: o.Path})
		}
	}
}

// include adds a file, or notes that it stands in public text too.
func (w *work) include(in page.Include) {
	all := w.page.Includes
	i := slices.IndexFunc(all, func(known page.Include) bool { return known.Path == in.Path })
	switch {
	case i < 0:
		w.page.Includes = append(all, in)
	case all[i].Staff && !in.Staff:
		if all[i].Staff = false; in.Pos.Line > 0 {
			all[i].Pos = in.Pos
		}
	}
}

// lineIsSecret reports whether a line of the file lies in a staff part.
func (w *work) lineIsSecret(root ast.Node, line int) bool {
	if line < w.first || !w.hasStaff {
		return false
	}
	n := line - w.first
	if n >= len(w.lines.starts) {
		return w.staffRest
	}
	if w.extents == nil {
		w.extents = w.staffExtents(root)
	}
	off := int(w.lines.starts[n])
	return slices.ContainsFunc(w.extents, func(e [2]int) bool { return off >= e[0] && off < e[1] })
}

// staffExtents are the stretches of the body that stand in staff parts.
func (w *work) staffExtents(root ast.Node) [][2]int {
	out := [][2]int{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function gives no error
		if entering && n.Type() == ast.TypeBlock && w.hidden[n] {
			until := len(w.src)
			if next := n.NextSibling(); next != nil {
				until = w.startOf(next)
			}
			out = append(out, [2]int{w.startOf(n), until})
			return ast.WalkSkipChildren, nil
		}
		if b, ok := n.(*blockNode); ok && entering && b.staff {
			until := b.until
			if !b.closed {
				until = len(w.src)
			}
			out = append(out, [2]int{b.at, until})
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return out
}
