package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// said lists a feed, in both formats, of what changed because somebody had said
// something. It is for those who said it, so only the public edition has one.
func (f *Feeds) said(t *taken) {
	if f.staff {
		return
	}
	for _, p := range f.site.Pages {
		if p.Report == nil || p.Report.Name != site.Said {
			continue
		}
		i := f.saidIssue(p)
		if len(i.entries) == 0 {
			continue
		}
		c := &channel{page: p, title: i.title}
		atom, json := folder(p.Address)+atomName, folder(p.Address)+jsonName
		if f.add(t, atom, func() document { return atomDocument{i, atom} }) {
			c.atom = atom
		}
		if f.add(t, json, func() document { return jsonDocument{i, json} }) {
			c.json = json
		}
		f.channels[p] = c
	}
}

// saidIssue is what such a feed says: changes with a day, the newest first, as
// the report has them. What it was because of is told with it.
func (f *Feeds) saidIssue(p *site.Page) issue {
	word := func(key string) string { return clean(f.site.Words.Word(p.Lang, key)) }
	i := issue{base: f.base(), page: p.Address, title: f.channelTitle(p), lang: p.Lang, publisher: f.title, description: word("report.said.lead")}
	for _, g := range p.Report.Groups {
		for _, line := range g.Lines {
			because, did, day, of := clean(line.Entries[0].Text), clean(line.Entries[1].Text), line.Entries[2].Day, line.Entries[3].Page
			if did == "" || !sayable(day) || len(of.Marks) > 0 || len(i.entries) == newest {
				continue
			}
			at := stamp(day.Time)
			sum := sha256.Sum256([]byte(at + because + did))
			i.entries = append(i.entries, entry{address: of.Address, part: "#" + hex.EncodeToString(sum[:8]), title: cmp.Or(clean(of.Name), of.Address) + ": " + did, lang: of.Lang,
				summary: word("report.said.because") + ": " + because, published: at, updated: at})
		}
	}
	if len(i.entries) > 0 {
		i.updated = i.entries[0].updated
	}
	return i
}

// sayable reports a day that RFC 3339 can say.
func sayable(d page.Date) bool {
	year := d.Time.UTC().Year()
	return !d.IsZero() && year >= 1 && year <= 9999
}
