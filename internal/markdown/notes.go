package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/page"
)

// noteReference writes the number that leads to a footnote. Notes are numbered
// as they are first referred to; those for staff come after the others, and so
// do their marks. A mark of such a note in public text is for staff as well.
func (w *work) noteReference(n *noteRef) {
	note := n.note
	w.enqueue(note)
	secret := note.staff && w.staff == 0
	if secret {
		w.openStaffMark()
		defer w.closeStaffPart()
	}
	note.public = note.public || w.staff == 0
	number := strconv.Itoa(note.number)
	if w.inLink > 0 {
		w.out.markup(`<sup class="footnote">` + number + "</sup>")
		return
	}
	place := len(note.refs) + 1
	if w.hasStaff {
		place = note.place(w.staff > 0)
	}
	note.refs = append(note.refs, noteMark{place, w.staff > 0})
	w.out.markup(`<sup class="footnote" id="fnref:` + noteID(number, place) + `"><a href="#fn:` + number +
		`" role="doc-noteref">` + number + "</a></sup>")
}

// enqueue gives a note its number.
func (w *work) enqueue(note *noteNode) {
	if note.number == 0 {
		w.queue = append(w.queue, note)
		note.number = len(w.queue)
	}
}

// place numbers a reference: public ones come first.
func (n *noteNode) place(staff bool) int {
	if staff {
		n.hidden++
		return n.open + n.hidden
	}
	n.shown++
	return n.shown
}

func noteID(number string, ref int) string {
	if ref > 1 {
		return number + ":" + strconv.Itoa(ref)
	}
	return number
}

// footnotes writes the notes that were referred to, and those that these refer
// to. A note is staff's when it was written inside a staff part or when no
// public text refers to it.
func (w *work) footnotes() {
	if len(w.queue) == 0 {
		w.unusedNotes()
		return
	}
	hidden := true
	for _, n := range w.queue {
		hidden = hidden && !isPublicNote(n)
	}
	if hidden {
		w.openStaffPart()
	}
	w.out.markup(`<section class="footnotes" role="doc-endnotes" aria-label="`)
	w.out.word("footnotes")
	w.out.markup("\"><ol>\n")
	for i := 0; i < len(w.queue); i++ { // grows while notes are written
		w.note(w.queue[i])
	}
	w.out.markup("</ol></section>\n")
	if hidden {
		w.closeStaffPart()
	}
	w.unusedNotes()
}

func isPublicNote(n *noteNode) bool { return n.public && !n.staff }

// note writes one footnote.
func (w *work) note(n *noteNode) {
	w.here = nil
	secret := !isPublicNote(n) || w.rest
	number, class := strconv.Itoa(n.number), ""
	if secret {
		if w.staff == 0 {
			class = `" class="staff-only`
		}
		w.openStaffItem()
	}
	w.out.markup(`<li id="fn:` + number + class + "\">\n")
	last := w.noteBlocks(n)
	w.here = nil
	hidden := w.rest && w.staff == 0 // an unclosed staff block in the note
	if hidden {
		w.openStaffPart()
	}
	w.out.markup("<p>")
	if last != nil {
		w.leaf(last)
		w.out.markup(" ")
	}
	w.backlinks(n, number)
	w.out.markup("</p>\n")
	if hidden {
		w.closeStaffPart()
	}
	w.out.markup("</li>\n")
	if secret {
		w.closeStaffPart()
	}
}

// noteBlocks writes a note but for the paragraph it ends with, if it does,
// which the links back belong to.
func (w *work) noteBlocks(n *noteNode) ast.Node {
	last, ok := n.LastChild().(*ast.Paragraph)
	if !ok {
		w.blocks(n)
		return nil
	}
	n.RemoveChild(n, last)
	w.blocks(n)
	return last
}

func (w *work) backlinks(n *noteNode, number string) {
	for _, ref := range n.refs {
		if ref.staff {
			w.openStaffMark()
		}
		w.backlink(noteID(number, ref.place))
		if ref.staff {
			w.closeStaffPart()
		}
	}
}

func (w *work) backlink(id string) {
	w.out.markup(`<a class="footnote-back" href="#fnref:` + id + `" role="doc-backlink" aria-label="`)
	w.out.word("footnote.back")
	w.out.plain(page.Markup, " "+id)
	w.out.markup("\">↩\uFE0E</a>")
}

// unusedNotes reports notes that nothing refers to. They are not shown.
func (w *work) unusedNotes() {
	if w.noteList == nil {
		return
	}
	for c := w.noteList.FirstChild(); c != nil; c = c.NextSibling() {
		n := c.(*noteNode)
		if n.number == 0 && w.noteFor(noteKey(n), n.staff) == n {
			w.finding(RuleFootnote, n.at, len(n.label)+3, "nothing refers to the footnote "+quoted(n.label)+", so it is not shown",
				"put "+quoted("[^"+n.label+"]")+" where it belongs, or remove it")
		}
	}
}

func noteKey(n *noteNode) string { return util.ToLinkReference([]byte(n.label)) }
