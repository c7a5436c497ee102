package site

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/diag"
)

const notFoundAddress = "404.html"

// claim is one owner's wish for an address.
type claim struct {
	key      string // folded address
	page     *Page
	file     int32  // 1 + index of Site.Files
	copy     int32  // 1 + index of its picture's Copies; 0 for the file itself
	reserved string // an address that the site keeps
	order    int32  // who wins: what is reserved, then pages in order, then files, then copies of pictures
	lost     bool
}

// notFound makes sure that there is a page for addresses that do not exist.
func (l *linker) notFound() {
	for _, p := range l.pages[:l.sources] {
		if p.Kind == NotFound {
			p.Parent = l.trees[0].home
			return
		}
	}
	p := l.add(NotFound, nil, l.trees[0])
	p.Address, p.Parent = notFoundAddress, l.trees[0].home
	p.Title = l.word(p.tree, "not-found")
	p.Name = p.Title
}

// claim finds addresses that two want, or that stand where another needs a
// folder. Losers get a free address, so that the site is whole even when a
// preview goes on. A picture's copy gives way to everything else, and nobody
// hears of it: the picture has others.
func (l *linker) claim() {
	l.claims = make([]claim, 0, len(l.pages)+len(l.site.Files)+len(l.in.Reserved)+1)
	for _, a := range l.in.Reserved {
		l.claims = append(l.claims, claim{key: FoldKey(a), reserved: a, order: -1})
	}
	for i, p := range l.pages {
		l.claims = append(l.claims, claim{key: FoldKey(p.Address), page: p, order: int32(i)})
	}
	for i, f := range l.site.Files {
		l.claims = append(l.claims, claim{key: FoldKey(f.Address), file: int32(i) + 1, order: int32(len(l.pages) + i)})
		l.claimCopies(i, f)
	}
	slices.SortFunc(l.claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.order, b.order))
	})
	l.reportTwice()
	l.reportBlocked()
	l.reportReserved()
	l.settleLosers()
}

func (l *linker) claimCopies(file int, f File) {
	if f.Picture == nil {
		return
	}
	order := int32(len(l.pages) + len(l.site.Files) + file)
	for i, c := range f.Picture.Copies {
		if c.Address != f.Address {
			l.claims = append(l.claims, claim{key: FoldKey(c.Address), file: int32(file) + 1, copy: int32(i) + 1, order: order})
		}
	}
}

func (l *linker) reportTwice() {
	for i := 1; i < len(l.claims); i++ {
		a, b := &l.claims[i-1], &l.claims[i]
		if a.key != b.key {
			continue
		}
		first := i - 1
		for first > 0 && l.claims[first-1].key == b.key {
			first--
		}
		a, b.lost = &l.claims[first], true
		if b.copy > 0 {
			continue
		}
		if a.reserved != "" || a.page != nil && a.page.Kind == NotFound {
			if b.reserved == "" {
				l.reportKept(b)
			}
			continue
		}
		message := l.owner(a) + " and " + l.owner(b) + " have the same address, " + l.addressOf(b)
		if l.addressOf(a) != l.addressOf(b) {
			message = l.owner(a) + " and " + l.owner(b) + " have addresses that differ in capital letters only: " +
				l.addressOf(a) + " and " + l.addressOf(b)
		}
		l.reportClaim(ruleAddressTwice, b, a, message, "rename one of them, or give it a slug of its own")
	}
}

// reportBlocked looks for owners below what is not a folder's index.
func (l *linker) reportBlocked() {
	for i := range l.claims {
		a := &l.claims[i]
		if a.lost || a.reserved != "" || strings.HasSuffix(a.key, "/"+indexFile) {
			continue
		}
		if b := l.firstBelow(a.key); b != nil {
			a.lost = true
			if a.copy > 0 {
				continue
			}
			l.reportClaim(ruleAddressBlocked, a, b,
				l.owner(a)+" stands where "+l.owner(b)+" needs a folder: "+l.addressOf(a), "rename one of them")
		}
	}
}

// firstBelow returns a claim within the folder key.
func (l *linker) firstBelow(key string) *claim {
	prefix := key + "/"
	i, _ := slices.BinarySearchFunc(l.claims, prefix, func(c claim, p string) int { return cmp.Compare(c.key, p) })
	if i < len(l.claims) && strings.HasPrefix(l.claims[i].key, prefix) {
		return &l.claims[i]
	}
	return nil
}

func (l *linker) reportReserved() {
	for i := range l.claims {
		if c := &l.claims[i]; !c.lost && c.reserved == "" && l.reservedFolder(c.key) {
			if c.lost = true; c.copy == 0 {
				l.reportKept(c)
			}
		}
	}
}

// reservedFolder reports whether a folded address is in a folder that other
// rooms write, or has a name that the program keeps for its own files.
func (l *linker) reservedFolder(key string) bool {
	if strings.HasPrefix(key, ".peppermill") {
		return true
	}
	for _, r := range l.in.Reserved {
		if strings.HasSuffix(r, "/") && strings.HasPrefix(key, FoldKey(r)) {
			return true
		}
	}
	return false
}

func (l *linker) reportKept(c *claim) {
	hint := "rename it, or give it a slug of its own"
	if c.file > 0 {
		hint = "rename it"
		if c.key == notFoundAddress {
			hint = "write 404.md instead, the site makes 404.html of it"
		}
	}
	l.reportClaim(ruleAddressReserved, c, nil, l.owner(c)+" has an address that the site keeps for itself: "+l.addressOf(c), hint)
}

// reportClaim puts the finding where the loser is written, or else the winner.
func (l *linker) reportClaim(rule string, loser, winner *claim, message, hint string) {
	at, width := l.claimPlace(loser)
	if at.Path == "" && winner != nil {
		at, width = l.claimPlace(winner)
	}
	l.report(rule, at, width, message, hint)
}

func (l *linker) claimPlace(c *claim) (diag.Pos, int) {
	switch {
	case c.file > 0:
		return diag.Pos{Path: l.site.Files[c.file-1].Path}, 0
	case c.page == nil:
		return diag.Pos{}, 0
	case c.page.Source == nil && c.page.node != nil:
		return diag.Pos{Path: c.page.node.src}, 0
	case c.page.Source == nil:
		return madeFrom(c.page), 0
	case c.page.Source.Meta.URL != "":
		return fieldPlace(c.page.Source, "url", "permalink")
	case c.page.Source.Meta.Slug != "":
		return fieldPlace(c.page.Source, "slug")
	}
	return startOf(c.page.Source), 0
}

// madeFrom is a source that a list comes from.
func madeFrom(p *Page) diag.Pos {
	for _, item := range p.Items {
		if item.Source != nil {
			return startOf(item.Source)
		}
		if at := madeFrom(item); at.Path != "" {
			return at
		}
	}
	return diag.Pos{}
}

func (l *linker) owner(c *claim) string {
	switch {
	case c.file > 0:
		return l.site.Files[c.file-1].Path
	case c.page == nil, c.page.Source == nil && c.page.Kind == NotFound:
		return "the site itself"
	case c.page.Source != nil:
		return c.page.Source.Path
	case c.page.Kind == Section && c.page.node != nil:
		return "the folder " + quote(c.page.node.src)
	}
	return "the list " + quote(c.page.Name)
}

func (l *linker) addressOf(c *claim) string {
	switch {
	case c.file > 0:
		return l.site.Files[c.file-1].Address
	case c.page != nil:
		return c.page.Address
	}
	return c.reserved
}

// settleLosers moves pages aside and leaves files out.
func (l *linker) settleLosers() {
	var left map[int32]bool
	moved := false
	for i := range l.claims {
		c := &l.claims[i]
		switch {
		case !c.lost:
		case c.copy > 0:
			l.site.Files[c.file-1].Picture.dropCopy(c.copy - 1)
		case c.file > 0:
			if left == nil {
				left = map[int32]bool{}
			}
			left[c.file-1] = true
		case c.page != nil:
			c.page.Address = l.freeAddress(c.page.Address)
			l.nameAddress(c.page)
			moved = true
			c.key, c.lost = FoldKey(c.page.Address), false
			l.taken[c.key] = true
		}
	}
	l.claims = slices.DeleteFunc(l.claims, func(c claim) bool { return c.lost })
	if moved {
		slices.SortFunc(l.claims, func(a, b claim) int { return cmp.Compare(a.key, b.key) })
	}
	if left != nil {
		l.leaveOut(left)
	}
	for _, f := range l.site.Files {
		if f.Picture != nil {
			f.Picture.Copies = slices.DeleteFunc(f.Picture.Copies, func(c SizedCopy) bool { return c.Address == "" })
		}
	}
}

// dropCopy takes a copy's address away; the others keep their places until all
// claims are settled.
func (p *Picture) dropCopy(i int32) { p.Copies[i].Address = "" }

// freeAddress adds a number to the last element until nobody has the address.
func (l *linker) freeAddress(address string) string {
	if l.taken == nil {
		l.taken = make(map[string]bool, 2*len(l.claims))
		for _, c := range l.claims {
			for key := c.key; key != ""; key = folderOf(key) {
				l.taken[key] = true
			}
		}
	}
	stem, ending := strings.TrimSuffix(address, indexFile), "/"+indexFile
	if stem == address {
		stem, ending = strings.TrimSuffix(address, ".html"), ".html"
	}
	stem = shorten(strings.TrimSuffix(stem, "/"))
	if l.reservedFolder(FoldKey(address)) { // no number helps within a reserved folder
		stem = strings.TrimLeft(strings.ReplaceAll(stem, "/", "-"), ".")
	}
	stem = cmp.Or(stem, "home")
	for n := 2; ; n++ {
		free := stem + "-" + itoa(n)
		key := FoldKey(free + ending)
		if !l.taken[key] && !l.taken[FoldKey(free)] && !l.reservedFolder(key) {
			return free + ending
		}
	}
}

func (l *linker) leaveOut(left map[int32]bool) {
	files := l.site.Files[:0]
	clear(l.names.files)
	for i, f := range l.site.Files {
		if !left[int32(i)] {
			l.names.files[f.Path] = int32(len(files))
			files = append(files, f)
		}
	}
	l.site.Files = files
	for i := range l.claims {
		if c := &l.claims[i]; c.file > 0 {
			c.file = 0 // nobody needs it any more
		}
	}
}
