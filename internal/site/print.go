package site

import "slices"

// printFolder is where a folder's document for paper lies, below the folder.
const printFolder = "print"

// documents makes the documents for paper: one for each folder, and for the
// home of each language, with all pages in and below it. A folder with more
// pages than the settings allow has none, those below it may have theirs. The
// addresses are ones that nobody else wants, so no content is ever in the way.
func (l *linker) documents() {
	if l.cfg.PrintPages <= 0 {
		return
	}
	for _, n := range l.nodes {
		pages, fits := gather(nil, n.page, l.cfg.PrintPages)
		if !fits || !worthPaper(pages) {
			continue
		}
		p := l.add(Print, nil, n.tree)
		p.Lang, p.Title, p.Name, p.Summary = n.page.Lang, n.page.Title, n.page.Name, n.page.Summary
		p.Parent, p.Items = n.page, pages
		p.Address = l.unclaimed(addressStem(n.page.Address), printFolder)
		if key := addressStem(p.Address); l.names.source[key] == nil && l.names.folder[key] == nil {
			l.nameAddress(p) // no link of an author's changes what it means
		}
		n.page.Print = p
	}
}

// gather appends a folder's own page and all that is in and below it, in
// reading order. A folder that nobody wrote a page for stands there as a
// heading, but for the first. fits is false when there are more than most.
func gather(into []*Page, p *Page, most int) (pages []*Page, fits bool) {
	if p.Source != nil || len(into) > 0 {
		into = append(into, p)
	}
	for _, c := range p.Children {
		if len(into) > most {
			return nil, false
		}
		if c.Kind != Section {
			into = append(into, c)
		} else if into, fits = gather(into, c, most); !fits {
			return nil, false
		}
	}
	return into, len(into) <= most
}

// worthPaper reports whether there are at least two pages that somebody wrote:
// a single one is as easily printed by itself.
func worthPaper(pages []*Page) bool {
	first := slices.IndexFunc(pages, written)
	return first >= 0 && slices.ContainsFunc(pages[first+1:], written)
}

func written(p *Page) bool { return p.Source != nil }

// unclaimed is the first of NAME/, NAME-2/ and so on below the folder that
// belongs to no page, file or old address.
func (l *linker) unclaimed(folder, name string) string {
	free := name
	for n := 2; ; n++ {
		address := indexIn(under(folder, free), "")
		if l.old.conflict(FoldKey(address)) == "" {
			return address
		}
		free = name + "-" + itoa(n)
	}
}
