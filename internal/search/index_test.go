package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/markdown"
	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/source"
)

// drawn makes the map of some files, as a build does.
func drawn(t testing.TB, files map[string]string, change func(*site.Input)) *site.Site {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	tree, _, err := source.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	cfg, _ := config.Load(config.Input{})
	in := site.Input{Config: cfg, Words: config.Words{}, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Drafts: true}
	if change != nil {
		change(&in)
	}
	parser := markdown.New(markdown.Options{DefaultLang: cfg.Lang, Languages: folderLangs(cfg)})
	for _, e := range tree.Entries {
		if l := tree.Load(e); l.File.Data != nil {
			p, _ := parser.Parse(l.File)
			in.Pages = append(in.Pages, p)
		}
	}
	s, _ := site.Link(in)
	return s
}

func folderLangs(cfg *config.Config) map[string]string {
	out := map[string]string{}
	for _, l := range cfg.Languages {
		out[l.Folder] = l.Code
	}
	return out
}

func indexed(t testing.TB, s *site.Site) readIndex {
	t.Helper()
	var b Builder
	files := b.Index(s)
	ix, err := readFiles(files())
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// addresses gives the address of each number, from the cards.
func (ix readIndex) addresses(t testing.TB) map[int]string {
	t.Helper()
	out := map[int]string{}
	for name, data := range ix.files {
		file, ok := strings.CutPrefix(name, "c-")
		if !ok {
			continue
		}
		n, _ := strconv.Atoi(file)
		var columns [][]any
		if err := json.Unmarshal(data, &columns); err != nil {
			t.Fatal(err)
		}
		for i, title := range columns[0] {
			if title != "" {
				out[n<<ix.root.Cards+i] = columns[1][i].(string)
			}
		}
	}
	return out
}

func randomSite(rnd *rand.Rand, pages int) map[string]string {
	vocabulary := make([]string, 40+rnd.IntN(2000))
	for i := range vocabulary {
		n := 1 + rnd.IntN(9)
		for range n {
			vocabulary[i] += string([]rune("aeiourstlnmgcéüß返金ー9")[rnd.IntN(20)])
		}
		vocabulary[i] += []string{"", "s", "ing", "ed", "ly"}[rnd.IntN(5)]
	}
	files := map[string]string{}
	for i := range pages {
		var b strings.Builder
		fmt.Fprintf(&b, "# %s %d\n", vocabulary[rnd.IntN(len(vocabulary))], i)
		for range rnd.IntN(60) {
			if rnd.IntN(12) == 0 {
				b.WriteString("\n\n## ")
			}
			b.WriteString(vocabulary[int(float64(len(vocabulary))*rnd.Float64()*rnd.Float64())] + " ")
		}
		files[fmt.Sprintf("s%d/p-%d.md", i%3, i)] = b.String()
	}
	return files
}

// TestWriterAndReaderAgree holds that what is read from the files is what the pages say:
// each word leads to just the pages that have a word of its stem.
func TestWriterAndReaderAgree(t *testing.T) {
	for seed, pages := range []int{1, 3, 64, 65, 200, 900, 1300} {
		t.Run(fmt.Sprint(pages), func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(uint64(seed), 3))
			s := drawn(t, randomSite(rnd, pages), nil)
			ix := indexed(t, s)
			at := ix.addresses(t)
			if len(at) != ix.root.Docs || ix.root.V != version || ix.root.Lang != "en" {
				t.Fatalf("%d cards, root %+v", len(at), ix.root)
			}
			pagesOf, groupOf := plainly(s)
			words := slices.Sorted(maps.Keys(groupOf))
			for i := 0; i < len(words); i += 1 + len(words)/300 {
				w := words[i]
				found, err := ix.find(w)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for n := range found {
					got = append(got, at[n])
				}
				slices.Sort(got)
				want := map[string]bool{}
				for g := range groupOf[w] {
					for a := range pagesOf[g] {
						want[a] = true
					}
				}
				if want := slices.Sorted(maps.Keys(want)); !slices.Equal(got, want) {
					t.Fatalf("%q is found on %d pages, it is on %d", w, len(got), len(want))
				}
			}
		})
	}
}

// plainly counts words the slow way: the pages of each stem, the stems of each word.
func plainly(s *site.Site) (pagesOf, groupOf map[string]map[string]bool) {
	pagesOf, groupOf = map[string]map[string]bool{}, map[string]map[string]bool{}
	put := func(m map[string]map[string]bool, key, value string) {
		if m[key] == nil {
			m[key] = map[string]bool{}
		}
		m[key][value] = true
	}
	r := reader{site: s}
	for _, p := range s.Pages {
		if p.Source == nil {
			continue
		}
		r.read(p)
		text := p.Title + " " + p.Name + " " + string(r.text)
		for _, sec := range r.sections {
			text += " " + sec.heading
		}
		for _, raw := range strings.Fields(strings.ToLower(text)) {
			accented := split(raw, nil)
			for i, w := range Words(raw) {
				put(pagesOf, stem("en", accented[i]), address(p))
				put(groupOf, w, stem("en", accented[i]))
			}
		}
	}
	return pagesOf, groupOf
}

// TestFirstPostingsAreTheBest holds that none of those that stand apart is better.
func TestFirstPostingsAreTheBest(t *testing.T) {
	files := map[string]string{}
	for i := range first + 400 {
		files[fmt.Sprintf("p-%d.md", i)] = "# Page\n\nrefund" + strings.Repeat(" refund", i%7) + strings.Repeat(" other", i%5)
	}
	ix := indexed(t, drawn(t, files, nil))
	s, err := readShardBytes(ix.files["d-"], "", ix.root)
	if err != nil {
		t.Fatal(err)
	}
	g := s.groups[s.of[slices.Index(s.words, "refund")]]
	all, err := ix.find("refund")
	if err != nil || g.df != first+400 || len(g.posts) != first || len(all) != first+400 {
		t.Fatalf("df %d, %d postings of %d, %v", g.df, len(g.posts), len(all), err)
	}
	at := ix.addresses(t)
	class := func(number int) (repeated, others int) { // pages of one class weigh alike
		var i int
		fmt.Sscanf(at[number], "p-%d/", &i)
		return i % 7, i % 5
	}
	worst, last := levels, -1
	level, highest := map[[2]int]int{}, map[[2]int]int{}
	for _, p := range g.posts {
		if p.number <= last {
			t.Errorf("%d after %d", p.number, last)
		}
		worst, last = min(worst, p.level), p.number
		a, b := class(p.number)
		level[[2]int{a, b}], highest[[2]int{a, b}] = p.level, p.number
		delete(all, p.number)
	}
	for number := range all {
		a, b := class(number)
		if l, ok := level[[2]int{a, b}]; ok && (l > worst || highest[[2]int{a, b}] > number) {
			t.Errorf("%d with level %d is not among the first, whose worst is %d", number, l, worst)
		}
	}
}

func TestWhatIsInTheIndex(t *testing.T) {
	files := map[string]string{
		"index.md":    "# Home\n\nwelcomeword",
		"a.md":        "---\ntitle: Alpha \"quoted\"\ntype: policy\nstage: [after, before]\naudience: [frontline]\ntags: [tagword]\n---\nIntro re*fun*d &amp; *x*.\n\n## Second *part*\n\n| a | cellword |\n|---|---|\n| b | c |\n\n```go\nfunc codeword() {}\n```\n\n:::staff\nsecretword\n:::\n\n![pictureword](x.png)\n",
		"out.md":      "---\nsearch: false\n---\n# Out\n\noutword",
		"retired.md":  "---\nstatus: retired\n---\n# Old\n\nretiredword",
		"replaced.md": "---\nstatus: superseded\n---\n# Old\n\nreplacedword",
		"draft.md":    "---\ndraft: true\n---\n# Draft\n\ndraftword",
	}
	for _, c := range []struct {
		what          string
		change        func(*site.Input)
		found, hidden string
	}{
		{"public", func(in *site.Input) { in.Drafts = false }, "welcomeword refund alpha quoted second part cellword codeword tagword pictureword policy frontline", "secretword outword retiredword replacedword draftword staff note"},
		{"preview", nil, "draftword refund", "secretword outword"},
		{"staff", func(in *site.Input) { in.Config.Edition = page.Staff }, "secretword", "outword retiredword"},
	} {
		ix := indexed(t, drawn(t, files, c.change))
		for _, w := range strings.Fields(c.found) {
			if got, err := ix.find(w); err != nil || len(got) == 0 {
				t.Errorf("%s: %s is not found (%v)", c.what, w, err)
			}
		}
		var all []byte
		for _, data := range ix.files {
			all = append(all, data...)
		}
		for _, w := range strings.Fields(c.hidden) {
			if bytes.Contains(all, []byte(w)) {
				t.Errorf("%s: %s is in the index", c.what, w)
			}
		}
		if c.what == "preview" && !strings.Contains(string(ix.files["c-0"]), `,["draft"]]]]`) {
			t.Errorf("the draft's card has no mark: %s", ix.files["c-0"])
		}
		if c.what == "public" {
			if !strings.Contains(string(ix.files["c-0"]), `"Alpha “quoted”"`) || string(ix.files["f"]) == "" {
				t.Errorf("cards: %s", ix.files["c-0"])
			}
		}
	}
}

func TestTexts(t *testing.T) {
	s := drawn(t, map[string]string{"a.md": "---\ndescription: In short.\n---\n# Alpha\n\nFirst *line*,\nsecond \"line\".\n\n## Why\n\n- one\n- two\n\n## Long\n\n" + strings.Repeat("wörter ", 2000)}, nil)
	var b Builder
	files := b.Index(s)
	for _, f := range files() {
		if !strings.HasPrefix(f.name, "t-") {
			continue
		}
		var out bytes.Buffer
		f.Open().WriteTo(&out)
		inner, ok := strings.CutPrefix(out.String(), `peppermillIndex("`+f.name+`",`)
		var texts []any
		if err := json.Unmarshal([]byte(strings.TrimSuffix(inner, ")\n")), &texts); !ok || err != nil {
			t.Fatalf("%v: %s", err, out.String())
		}
		got := strings.Replace(strings.Replace(fmt.Sprint(texts), "[0 ", "[", 1), " 0]", "]", 1) // the other slot is free
		if want := "[[In short. [[  First line, second “line”.] [Why why one two] [Long long wörter wörter"; !strings.HasPrefix(got, want) {
			t.Errorf("got %.200s", got)
		}
		if !strings.HasSuffix(got, "wörter…]]]]") || len(got) > limit+200 {
			t.Errorf("%d bytes, ending in %q", len(got), got[len(got)-40:])
		}
		return
	}
	t.Error("no texts")
}

// TestBuilderForgets holds that a builder that has seen other pages makes what a
// new one does, also when several lists are asked for at once, the last first.
func TestBuilderForgets(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 9))
	var old Builder
	var lists [][2]func() []File
	for range 6 {
		s := drawn(t, randomSite(rnd, 1+rnd.IntN(150)), nil)
		lists = append(lists, [2]func() []File{old.Index(s), new(Builder).Index(s)})
	}
	var wg sync.WaitGroup
	for _, list := range slices.Backward(lists) {
		wg.Go(func() {
			got, want := list[0](), list[1]()
			if len(got) != len(want) {
				t.Errorf("%d files, want %d", len(got), len(want))
				return
			}
			for i := range got {
				a, b := got[i].Open(), want[i].Open()
				if got[i].Address != want[i].Address || a.Key() != b.Key() || !bytes.Equal(a.data, b.data) {
					t.Errorf("%s differs from %s", got[i].Address, want[i].Address)
				}
			}
		})
	}
	wg.Wait()
}

func TestSynonyms(t *testing.T) {
	s := drawn(t, map[string]string{"a.md": "# Refund\n\nA voucher, a discount and a stroller. Klient."}, func(in *site.Input) {
		in.Config.Synonyms = map[string][]config.Synonym{
			"":   {{From: "Pram!", To: []string{"stroller", "buggy"}}, {From: "coupon"}},
			"en": {{From: "pram", To: []string{"discount"}}},
			"de": {{From: "x", To: []string{"stroller"}}},
		}
	})
	got := map[string]string{}
	for _, row := range indexed(t, s).root.Synonyms {
		got[row[0].(string)] = fmt.Sprint(row[1])
	}
	for from, want := range map[string]string{"money back": "[refund]", "pram": "[stroller discount]", "discount": "[voucher]", "coupon": "", "x": "", "warranty": ""} {
		if got[from] != want {
			t.Errorf("%s leads to %s, want %s", from, got[from], want)
		}
	}
}
