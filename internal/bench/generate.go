package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Sections and their share of the pages, in tenths.
var sections = []struct {
	name  string
	share int
}{{"policies", 5}, {"procedures", 3}, {"standards", 1}, {"stories", 1}}

// Generate writes a synthetic playbook: the same pages for the same number.
// A page has about 780 words: headings, lists, a table, three tags of sixty,
// and on every third page a code block of six lines, each different. more are lines for the front
// matter of each.
func Generate(dir string, pages int, more string) error {
	left := pages
	for i, s := range sections {
		n := pages * s.share / 10
		if i == len(sections)-1 {
			n = left
		}
		left -= n
		folder := filepath.Join(dir, s.name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		for k := range n {
			name := filepath.Join(folder, fmt.Sprintf("page-%05d.md", k))
			if err := os.WriteFile(name, text(s.name, more, i, k, n), 0o644); err != nil {
				return err
			}
		}
	}
	// _index.md, because Hugo takes index.md for a page without children.
	return os.WriteFile(filepath.Join(dir, "_index.md"), []byte("---\ntitle: Synthetic playbook\n"+more+"---\n\nFor measuring.\n"), 0o644)
}

type writer struct {
	strings.Builder
	rnd *rand.Rand
}

func text(section, more string, i, k, n int) []byte {
	w := &writer{rnd: rand.New(rand.NewPCG(uint64(i), uint64(k)))}
	fmt.Fprintf(w, "---\ntitle: %s %d of %s\ndate: 20%02d-%02d-%02d\ntags: [topic-%d, topic-%d, topic-%d]\n%s---\n",
		w.title(), k, section, 10+k%15, 1+k%12, 1+k%28, k%60, (k*7+1)%60, (k*13+2)%60, more)
	w.paragraph(100)
	for h := range 5 {
		fmt.Fprintf(w, "## %s %d\n\n", w.title(), h)
		w.paragraph(50)
		fmt.Fprintf(w, "See [the other page](page-%05d.md) before you answer.\n\n", (k*31+h*17)%n)
		w.paragraph(30)
		w.list()
	}
	w.table()
	if k%3 == 0 {
		w.code(k)
	}
	return []byte(w.String())
}

func (w *writer) word() string { return vocabulary[w.rnd.IntN(len(vocabulary))] }

func (w *writer) title() string {
	t := w.word() + " " + w.word() + " " + w.word()
	return strings.ToUpper(t[:1]) + t[1:]
}

func (w *writer) paragraph(words int) {
	for i := range words {
		switch {
		case i%17 == 3:
			fmt.Fprintf(w, "**%s** ", w.word())
		case i%13 == 12:
			w.WriteString(w.word() + ". ")
		default:
			w.WriteString(w.word() + " ")
		}
	}
	w.WriteString("end.\n\n")
}

func (w *writer) list() {
	for range 4 {
		fmt.Fprintf(w, "- %s %s *%s* %s %s\n", w.word(), w.word(), w.word(), w.word(), w.word())
	}
	w.WriteString("\n")
}

func (w *writer) table() {
	w.WriteString("| Promise | By whom | Within |\n|---|---|---|\n")
	for range 5 {
		fmt.Fprintf(w, "| %s %s | %s | %d hours |\n", w.word(), w.word(), w.word(), w.rnd.IntN(48))
	}
	w.WriteString("\n")
}

func (w *writer) code(k int) {
	fmt.Fprintf(w, "```go\n// %s %d\nfunc %s%d(a int) string {\n\tif a > %d {\n\t\treturn %q\n\t}\n\treturn fmt.Sprint(a)\n}\n```\n",
		w.word(), k, w.word(), k, w.rnd.IntN(1000), w.word())
}

var vocabulary = strings.Fields(`acknowledgement agreement announcement anticipate apologise appointment appreciate arrangement assistance assurance
attention availability background behaviour bookkeeping businesslike calculation cancellation carefulness celebration challenge checklist
circumstances clarification collaboration colleagues comfortable commitment communication community comparison compensation competition
complaint completely concierge condition confidence confirmation consideration consultant conversation convenience cooperation correction
correspondence counterpart courtesy craftsmanship credibility customer deadline decoration delivered department dependable description
difference directions disappointment discretion discussion distribution documentation electrician emergency employee encouragement
environment equipment escalation especially establishment everything evidence examination excellence expectation experience explanation
favourite feedback flexibility forgiveness frequently friendliness frustration fulfilment furniture generosity genuinely goodwill greeting
guarantee guidelines handwritten happiness headquarters helpfulness hospitality household immediately improvement inconvenience
independent information inspection installation instruction insurance interruption introduction invitation investigation knowledge
listening maintenance management manufacturer measurement membership merchandise misunderstanding neighbourhood negotiation
notification obligation observation occasionally opportunity organisation ownership packaging particular partnership patience
performance permission personality perspective politeness possibility preference preparation presentation procedure professional
promptness proportion quality question quotation reassurance receptionist recognition recommendation reconciliation recovery
reference relationship reliability replacement representative reputation requirement reservation resolution responsibility restaurant
satisfaction schedule seasonal service settlement signature situation specification stakeholder standard statement storekeeper
substitute suggestion supervision supplier telephone temporarily thankfulness thoughtfulness timetable tradespeople training transaction
transparency trustworthy understanding unexpected upholstery vocabulary volunteer warehouse warranty wholesale willingness workmanship`)
