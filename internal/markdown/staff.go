package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// What is for staff only must not be published by a slip of the pen. So a
// block whose kind merely looks like "staff" is one; one that is never closed
// runs to the end of the document; and a line that opens no block, though it
// looks as if it should, stops the build.

// isStaff reports whether the kind is, or was surely meant to be, "staff".
func isStaff(kind string) bool {
	return strings.HasPrefix(kind, "staff") || len(kind) >= 4 && diag.Near(kind, []string{"staff"}) != ""
}

// nameKind settles what a ::: block is and reports kinds that nobody knows.
func (w *work) nameKind(n *blockNode) {
	n.staff = !isKnownKind(n.kind) && isStaff(n.kind)
	w.hasStaff = w.hasStaff || n.kind == "staff" || n.staff
	w.hasAvoid = w.hasAvoid || n.kind == "avoid"
	switch {
	case n.kind == "staff":
		n.staff = true
	case n.staff:
		w.report(diag.Diagnostic{Rule: RuleBlockKind, Class: diag.Fix, Pos: w.pos(n.at), Width: w.width(n.at, n.end),
			Message: "unknown kind of block " + quoted(n.kind) + "; it is withheld as if it were " + quoted("staff"), Hint: "did you mean :::staff?"})
		n.kind = "staff"
	case !isKnownKind(n.kind):
		hint := "known kinds are " + strings.Join(blockKinds, ", ")
		if near := diag.Near(n.kind, knownKinds); near != "" {
			hint = "did you mean " + quoted(near) + "?"
		}
		w.finding(RuleBlockKind, n.at, n.end-n.at, "unknown kind of block "+quoted(n.kind), hint)
	}
}

// insideStaff reports whether n is for staff only, as far as the parsers know.
func (w *work) insideStaff(n ast.Node) bool {
	return w.staffRest || staffAround(n) != nil
}

// staffAround returns the innermost staff block that n is, or is in.
func staffAround(n ast.Node) *blockNode {
	for ; n != nil; n = n.Parent() {
		if b, ok := n.(*blockNode); ok && b.staff {
			return b
		}
	}
	return nil
}

// tooDeep decides about a ::: block inside too many others. The first staff
// block is opened even so. Inside one, a block that is not opened would leave
// its closing fence to end the staff block early; so that never closes.
func (w *work) tooDeep(n *blockNode, parent ast.Node) bool {
	outer := staffAround(parent)
	if outer == nil && isStaff(n.kind) {
		return false
	}
	if outer != nil {
		outer.stuck = true
	}
	w.once(RuleDepth, "", n.at, 1, "blocks stand inside each other too deep; from here on they are shown as plain text",
		"give the inner parts a page of their own")
	return true
}

// strayFence reports closing colons that close nothing.
func (w *work) strayFence(off, colons int) {
	fence := strings.Repeat(":", min(colons, 20))
	d := diag.Diagnostic{Rule: RuleBlockOpen, Pos: w.pos(off), Width: colons,
		Message: quoted(fence) + " closes no block", Hint: "remove it, or open a block above it, such as :::say"}
	if w.hasStaff {
		d.Rule = RuleStaffShown
		d.Hint = "a staff-only block above may have ended too early; give the outer block more colons than the inner one"
	}
	w.report(d)
}

// tooFewColons reports "::staff" and the like.
func (w *work) tooFewColons(rest []byte, off int) {
	kind := firstWord(rest)
	switch {
	case kind == "staff":
		w.finding(RuleStaffShown, off, 2+len(kind), "two colons open no block, so this part would be shown to everybody", "write three colons: :::staff")
	case isKnownKind(kind) && kind != "":
		w.finding(RuleBlockKind, off, 2+len(kind), "two colons open no block", "write three colons: :::"+kind)
	}
}

// staffInText reports ":::staff" where Markdown sees text and no block.
func (w *work) staffInText(line []byte, off int, where string) {
	if colons, rest := cutColons(line); colons >= 3 && isStaff(firstWord(rest)) {
		w.finding(RuleStaffShown, off, colons+5, ":::staff stands in "+where+" and opens no block, so this part would be shown to everybody",
			"move it to the beginning of the line; to show it as an example, put it between lines of ```")
	}
}

// notStaff reports notes and alerts that are called staff: they are shown.
func (w *work) notStaff(n *blockNode) {
	if n.kind == "staff" || !isKnownKind(n.kind) && isStaff(n.kind) {
		w.finding(RuleStaffShown, n.at, n.end-n.at, "only a :::staff block is for staff only; this note would be shown to everybody",
			"put :::staff above it and ::: below it")
	}
}

func firstWord(s []byte) string {
	n := 0
	for n < len(s) && (isLetter(s[n]) || s[n] == '-') {
		n++
	}
	return strings.ToLower(string(s[:n]))
}

// openStaffPart begins what is for staff only; the caller ends it.
func (w *work) openStaffPart() { w.openStaff(page.Framed, true) }

// openBarePart is openStaffPart without a frame around the part.
func (w *work) openBarePart() { w.openStaff(page.Bare, true) }

// openStaffMark begins what is for staff only within a line of text.
func (w *work) openStaffMark() { w.openStaff(page.Within, false) }

// openStaffItem begins an item of a list that is for staff only: nothing can
// stand around it.
func (w *work) openStaffItem() { w.openStaff(page.Bare, false) }

// openStaff begins a part, unless it stands in one; counted are those that are
// parts of their own in what a build says of them.
func (w *work) openStaff(ref int, counted bool) {
	if w.staff == 0 {
		w.out.hole(page.StaffOpen, ref)
		if counted {
			w.noteStaff()
		}
	}
	w.staff++
}

// startOf is where a block begins in the source.
func (w *work) startOf(n ast.Node) int {
	if b, ok := n.(*blockNode); ok {
		return b.at
	}
	return max(n.Pos(), 0)
}

func (w *work) closeStaffPart() {
	w.staff--
	if w.staff == 0 {
		w.out.hole(page.StaffClose, w.out.opened())
	}
}

// noteStaff notes that a staff part begins, and where.
func (w *work) noteStaff() {
	w.hasStaff = true
	if w.here != nil {
		w.page.StaffParts = append(w.page.StaffParts, w.pos(w.startOf(w.here)))
	}
}

// unclosedFence looks whether a fenced code block that ends at off lacks its
// closing line; if so it has swallowed what follows.
func unclosedFence(src []byte, off int) bool {
	line := src[min(off, len(src)):]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	line = bytes.TrimLeft(line, " \t>")
	return !bytes.HasPrefix(line, []byte("```")) && !bytes.HasPrefix(line, []byte("~~~"))
}
