package site

import (
	"path"
	"slices"
	"strings"
)

// wordFiles gives an address to the Word file of each page that has one: those
// of the types that go from hand to hand, and those whose authors ask for it. It
// lies beside the page, and gives way to everything that is there.
func (l *linker) wordFiles() {
	wanted := l.cfg.WordPages
	for _, p := range l.pages[:l.sources] {
		if byType(p) {
			wanted--
		}
	}
	taken := map[string]bool{}
	for _, p := range l.pages[:l.sources] {
		if l.cfg.WordPages > 0 && (asksForWord(p) || wanted >= 0 && byType(p)) {
			p.Word = l.beside(p, ".docx", taken)
		}
	}
}

// byType reports pages that have a Word file without a word of their author's.
func byType(p *Page) bool {
	if p.Source.Meta.HasOutputs {
		return false
	}
	switch p.Source.Meta.Type {
	case "policy", "procedure", "checklist":
		return true
	}
	return false
}

func asksForWord(p *Page) bool {
	return slices.ContainsFunc(p.Source.Meta.Outputs, func(s string) bool {
		return strings.EqualFold(s, "word") || strings.EqualFold(s, "docx")
	})
}

// beside is name.docx, name-2.docx and so on, beside the page, the first for
// which nobody else has the address or that of the script with its bytes.
func (l *linker) beside(p *Page, kind string, taken map[string]bool) string {
	dir, name := folderOf(p.Address), path.Base(addressStem(p.Address))
	if dir == "" && p.Address == indexFile {
		name = "index"
	}
	if dir != "" {
		dir += "/"
	}
	for ending, n := kind, 2; ; n++ {
		address := dir + name + ending
		key := FoldKey(address)
		if !taken[key] && l.old.conflict(key) == "" && l.old.conflict(key+".js") == "" {
			taken[key] = true
			return address
		}
		ending = "-" + itoa(n) + kind
	}
}
