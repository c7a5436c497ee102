package site

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

var update = flag.Bool("update", false, "write the facts that the cases give into them")

func caseFiles(t testing.TB) []string {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	return files
}

// TestCases runs each case several times: as it stands, and with its input
// shuffled, which must change nothing.
func TestCases(t *testing.T) {
	for _, file := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in, want := readCase(t, data)
			got := facts(Link(in))
			if *update {
				rewrite(t, file, data, got)
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s\n(run with -update to accept)", got, want)
			}
			for seed := range uint64(5) {
				r := rand.New(rand.NewPCG(seed, 7))
				r.Shuffle(len(in.Pages), func(i, j int) { in.Pages[i], in.Pages[j] = in.Pages[j], in.Pages[i] })
				r.Shuffle(len(in.Files), func(i, j int) { in.Files[i], in.Files[j] = in.Files[j], in.Files[i] })
				if again := facts(Link(in)); again != got {
					t.Fatalf("the order of the input matters: got\n%s\nthen\n%s", got, again)
				}
			}
			checkWhole(t, in)
		})
	}
}

func rewrite(t *testing.T, file string, data []byte, got string) {
	a := txtar.Parse(data)
	for i := range a.Files {
		if a.Files[i].Name == "want" {
			a.Files = a.Files[:i]
			break
		}
	}
	a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// checkWhole checks what must hold of any site, however bad its content is:
// no two owners of an address, none in the way of another's folder, everything
// that is referred to is published, parents have their children.
func checkWhole(t *testing.T, in Input) {
	t.Helper()
	s, found := Link(in)
	rules := map[string]bool{}
	for _, r := range Rules() {
		rules[r.Name] = true
	}
	for _, d := range found {
		if !rules[d.Rule] {
			t.Errorf("rule %q is in no table", d.Rule)
		}
		if d.Pos.Path == "" || d.Message == "" {
			t.Errorf("finding without place or words: %+v", d)
		}
	}
	owners, published := map[string]bool{}, map[*Page]bool{}
	own := func(address string) {
		key := FoldKey(address)
		if owners[key] {
			t.Errorf("two owners of %s", address)
		}
		owners[key] = true
		if problem := fileProblem(address); problem != "" {
			t.Errorf("address %q: %s", address, problem)
		}
	}
	for _, p := range s.Pages {
		own(p.Address)
		if p.Word != "" {
			own(p.Word)
			own(p.Word + ".js")
		}
		published[p] = true
		if s.At(p.Address) != p {
			t.Errorf("%s is not found at its address", p.Address)
		}
	}
	for _, f := range s.Files {
		own(f.Address)
		if f.Picture == nil {
			continue
		}
		for _, c := range f.Picture.Copies {
			if c.Address != f.Address {
				own(c.Address)
			}
		}
	}
	for _, m := range s.Moved {
		own(m.Address)
	}
	for key := range owners {
		for folder := folderOf(key); folder != ""; folder = folderOf(folder) {
			if owners[folder] {
				t.Errorf("%s stands where %s needs a folder", folder, key)
			}
		}
	}
	for _, p := range s.Pages {
		checkPage(t, p, published)
	}
	if s.Home == nil || len(s.Homes) == 0 || s.Homes[0] != s.Home {
		t.Error("no home")
	}
}

func checkPage(t *testing.T, p *Page, published map[*Page]bool) {
	t.Helper()
	if p.Title == "" || p.Name == "" || p.Lang == "" {
		t.Errorf("%s has no title, name or language", p.Address)
	}
	if p.Parent == nil && p.Kind != Home {
		t.Errorf("%s has no parent", p.Address)
	}
	if p.Source != nil && len(p.Targets) != len(p.Source.Links) {
		t.Errorf("%s: %d targets for %d links", p.Address, len(p.Targets), len(p.Source.Links))
	}
	refs := [][]*Page{{p.Parent, p.Prev, p.Next, p.Series, p.Print}, p.Children, p.Items, p.Tags, p.Authors, p.Backlinks, p.Related, p.Translations}
	for _, group := range refs {
		for _, q := range group {
			if q != nil && !published[q] {
				t.Errorf("%s refers to %s, which is not published", p.Address, q.Address)
			}
		}
	}
	for _, c := range p.Children {
		if c.Parent != p && c.Kind < TagIndex {
			t.Errorf("%s is a child of %s but its parent is another", c.Address, p.Address)
		}
	}
	for _, e := range append(slices.Clone(p.Edges), p.Back...) {
		if e.Page != nil && !published[e.Page] || e.Name == "" {
			t.Errorf("%s has an edge to %q, which is not published", p.Address, e.Name)
		}
	}
	for _, target := range p.Targets {
		if target.Page != nil && (!published[target.Page] || target.Page.Address != target.Address) {
			t.Errorf("%s links to %s, which is not there", p.Address, target.Address)
		}
	}
	depth := 0
	for q := p; q != nil; q = q.Parent {
		if depth++; depth > 1000 {
			t.Fatalf("%s is its own ancestor", p.Address)
		}
	}
}

func TestRulesAreSortedAndComplete(t *testing.T) {
	last := ""
	for _, r := range Rules() {
		if r.Name <= last || r.About == "" || r.Class == 0 || r.Class == diag.Off {
			t.Errorf("rule %+v after %q", r, last)
		}
		last = r.Name
	}
}

// TestUsualAgreesWithTarget keeps the quick way and the careful way the same.
func TestUsualAgreesWithTarget(t *testing.T) {
	quick := 0
	for _, file := range caseFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		in, _ := readCase(t, data)
		l := newLinker(in)
		for _, step := range []func(){l.withhold, l.place, l.copyFiles, l.titles, l.rank, l.arrange, l.listTags, l.notFound, l.claim, l.redirect} {
			step()
		}
		before := len(l.diags)
		for _, p := range l.pages[:l.sources] {
			for i := range p.Source.Links {
				k := &p.Source.Links[i]
				got, _, ok := l.usual(nil, p, k)
				if !ok {
					continue
				}
				quick++
				if want := l.target(p, k); got != want || len(l.diags) > before {
					t.Errorf("%s: %q is %v the quick way, else %v with %v", p.Source.Path, k.Dest, describe(got), describe(want), l.diags[before:])
					before = len(l.diags)
				}
			}
		}
	}
	if quick < 40 {
		t.Errorf("only %d links went the quick way", quick)
	}
}

// TestLargeSiteIsTheSameEveryTime is large enough for several workers.
func TestLargeSiteIsTheSameEveryTime(t *testing.T) {
	in := manyPages(1500)
	for i, p := range in.Pages {
		if i%7 == 0 {
			p.Links[3].Dest = "../missing-" + itoa(i) + ".md"
			p.Links[4].Dest += "#nothing"
		}
	}
	want := facts(Link(in))
	if !strings.Contains(want, "fix link-missing") || !strings.Contains(want, "fix anchor-missing") {
		t.Error("nothing is missing")
	}
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	for _, n := range []int{1, 3, 8} {
		runtime.GOMAXPROCS(n)
		if facts(Link(in)) != want {
			t.Errorf("with %d processors the site is another", n)
		}
	}
	checkWhole(t, in)
}

// TestManyBrokenLinksAreBounded: the search for "did you mean" has a bound, and
// says nothing wrong beyond it.
func TestManyBrokenLinksAreBounded(t *testing.T) {
	in := manyPages(2000)
	for i, p := range in.Pages {
		p.Path = "one/page-" + itoa(i) + ".md"
		for k := range p.Links {
			p.Links[k].Dest = "pgae-" + itoa(i*20+k) + ".md"
			p.Links[k].Pos.Path = p.Path
		}
	}
	l := newLinker(in)
	for _, step := range []func(){l.withhold, l.place, l.copyFiles, l.titles, l.rank, l.arrange, l.claim, l.redirect, l.resolve} {
		step()
	}
	if l.spent > maxSpent || len(l.diags) != 40000 {
		t.Errorf("%d candidates compared, %d findings", l.spent, len(l.diags))
	}
	if d := l.diags[0]; !strings.Contains(d.Hint, "did you mean") {
		t.Errorf("the first has no hint: %+v", d)
	}
}

// TestManyAnchors uses the set for pages with many headings.
func TestManyAnchors(t *testing.T) {
	p := &page.Page{Path: "a.md", Title: "A", Lang: "en"}
	at := diag.Pos{Path: "a.md", Line: 1, Column: 1}
	for i := range 5000 {
		p.Headings = append(p.Headings, page.Heading{ID: "h-" + itoa(i), Staff: i == 7})
		p.Links = append(p.Links, page.Link{Dest: "#h-" + itoa(i), Pos: at})
	}
	s, found := Link(Input{Pages: []*page.Page{p}})
	if len(found) != 1 || found[0].Rule != ruleAnchorMissing || !strings.Contains(found[0].Message, "#h-7") {
		t.Errorf("found %v, want only the staff heading missing", found)
	}
	if got := s.At("a/index.html").Targets[4999].Fragment; got != "h-4999" {
		t.Errorf("the last link leads to %q", got)
	}
}

func TestInputIsNotChanged(t *testing.T) {
	in := manyPages(60)
	slices.Reverse(in.Pages)
	in.Files = []string{"b", "a", "b"}
	pages, files := slices.Clone(in.Pages), slices.Clone(in.Files)
	Link(in)
	if !slices.Equal(pages, in.Pages) || !slices.Equal(files, in.Files) {
		t.Error("Link sorted its input in place")
	}
}

func TestValueOfABlankOnThePage(t *testing.T) {
	src := &page.Page{Path: "a.md", Lang: "en"}
	src.Meta.Blanks = []page.Fact{
		{Name: "window", Label: "How long", Default: "30 days"},
		{Name: "phone", Label: "Your number", Aliases: []string{"ring"}},
		{Name: "opened", Kind: "date", Default: "2019-03-04"},
	}
	tel := page.Fact{Name: "phone", Label: "Telephone", Help: "Where a person answers.", Kind: "phone", Aliases: []string{"tel"}}
	words := config.Words{"en": {"date.form": "{day} {month} {year}", "month.3": "March"}}
	s := &Site{Words: words, Config: &config.Config{Lang: "en", Values: map[string]string{"shop": "Sam's", "mobile": "07"}, Facts: map[string]page.Fact{
		"phone": tel, "tel": tel, "town": {Name: "town", Default: "Lindlow", Fixed: true},
		"mob": {Name: "mob", Aliases: []string{"mobile"}},
	}}}
	for _, status := range []page.Status{page.Current, page.Template} {
		src.Meta.Status = status
		template := status == page.Template
		for name, want := range map[string]string{
			"shop": "Sam's true, asked false", "phone": "Your number false, asked true", "ring": "Your number false, asked true", "tel": "Your number false, asked true",
			"window": fmt.Sprint("30 days true, asked ", template), "opening-hours": "Opening hours false, asked true",
			"opened": fmt.Sprint("4 March 2019 true, asked ", template), "town": "Lindlow true, asked false", "mob": "07 true, asked false",
		} {
			got, filled := s.Value(src, name)
			_, asked := s.Asked(src, name)
			if got := fmt.Sprint(got, " ", filled, ", asked ", asked); got != want {
				t.Errorf("%v, %s: %q, want %q", status, name, got, want)
			}
		}
	}
	if f := s.Fact(src, "tel"); f.Name != "phone" || f.Label != "Your number" || f.Help != tel.Help || f.Kind != "phone" {
		t.Errorf("what the page and the site say together: %+v", f)
	}
	if got, _ := s.Value(nil, "tel"); got != "Telephone" {
		t.Errorf("without a page: %q", got)
	}
}
