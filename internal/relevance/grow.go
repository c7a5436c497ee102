package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// The bars by the size of a site, in bytes, files one after the other, and milliseconds. The
// script counts among the bytes of a first query of two words; median and 95 % are held to the same.
var sizes = []struct {
	pages, first, hops int
	millis             float64
	large              bool // only when asked for
}{
	{pages: 100, first: 50_000, hops: 2},
	{pages: 1000, hops: 2},
	{pages: 1400, first: 65_000, hops: 3},
	{pages: 10000, first: 70_000, hops: 3, millis: 16},
	{pages: 40000, hops: 4, large: true},
}

const (
	mostExcerpts = 40_000 // bytes of the texts for the first ten results
	mostScript   = 12_000 // bytes
	asked        = 60     // queries to each site
	pageLines    = 12     // sentences of a page
	latency      = "12"   // milliseconds that a file takes, so that rounds can be told apart
)

// grow builds sites of several sizes and prints what a first query fetches from each.
func grow(w io.Writer, bin, script, data, dir string, large bool) (missed int, err error) {
	lines, err := sentences(data)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(w, "sites made of the sets' sentences: what %d first queries of two words fetch, script and all (bars behind the figures)\n", asked)
	fmt.Fprintf(w, "  %6s %10s %9s %22s %7s %10s %14s %16s %s\n", "pages", "index", "a page", "first: median, 95 %", "bar kB", "hops, bar", "excerpts, bar", "query time, bar", "rewritten by an edit")
	for _, size := range sizes {
		if size.large && !large {
			continue
		}
		s := sample{dir: filepath.Join(dir, fmt.Sprint("grown", size.pages)), lines: lines, pages: size.pages}
		if err := s.write(); err != nil {
			return missed, err
		}
		if err := build(bin, s.content(), s.site()); err != nil {
			return missed, err
		}
		r, err := ask(script, s.site(), s.queries(), latency)
		if err != nil {
			return missed, err
		}
		changed, err := s.edited(bin)
		if err != nil {
			return missed, err
		}
		f := figures(r)
		bar := func(ok bool, text string) string {
			if !ok {
				missed++
				return text + " !"
			}
			return text
		}
		fmt.Fprintf(w, "  %6d %7.1f kB %7.1f B %8.1f kB %8.1f kB %7s %10s %14s %16s %s\n", size.pages, kb(r.Index), float64(r.Index)/float64(size.pages), kb(f.first), kb(f.worst),
			bar(size.first == 0 || f.worst <= size.first, orNone(size.first/1000)), bar(f.hops <= size.hops, fmt.Sprintf("%d, %d", f.hops, size.hops)),
			bar(f.excerpts <= mostExcerpts, fmt.Sprintf("%.1f, %d kB", kb(f.excerpts), mostExcerpts/1000)),
			bar(size.millis == 0 || f.millis <= size.millis, fmt.Sprintf("%.1f, %s ms", f.millis, orNone(int(size.millis)))), changed)
		if err := errors.Join(os.RemoveAll(s.dir)); err != nil {
			return missed, err
		}
	}
	return missed, nil
}

func orNone(bar int) string {
	if bar == 0 {
		return "–"
	}
	return fmt.Sprint(bar)
}

// figured is what a site's queries came to: medians, the worst but for one in twenty, and
// the most hops of any.
type figured struct {
	first, worst, hops, excerpts int
	millis                       float64
}

func figures(r report) figured {
	var bytes, hops, excerpts []int
	var millis []float64
	for _, a := range r.Answers {
		if a.Kind != twoWords {
			continue
		}
		bytes, hops = append(bytes, a.Bytes+r.Script), append(hops, a.Hops)
		excerpts, millis = append(excerpts, a.Excerpts), append(millis, a.Millis)
	}
	return figured{at(0.5, bytes), at(0.95, bytes), slices.Max(hops), at(0.95, excerpts), at(0.5, millis)}
}

// sample is a made-up site: every page is of sentences drawn from all sets, below titles of four of their words.
// The words that there are grow with it as they do in real ones: more and more slowly.
type sample struct {
	dir   string
	lines []string
	pages int
}

func (s *sample) content() string { return filepath.Join(s.dir, "content") }
func (s *sample) site() string    { return filepath.Join(s.dir, "site") }

func (s *sample) page(i int) (name, text string) {
	rnd := rand.New(rand.NewPCG(uint64(i), 1))
	var b strings.Builder
	line := func() string { return s.lines[rnd.IntN(len(s.lines))] }
	title := strings.Fields(line())
	fmt.Fprintf(&b, "# %s\n", strings.Join(title[:min(4, len(title))], " "))
	for n := range pageLines {
		if n%4 == 0 {
			b.WriteString("\n## " + strings.Join(strings.Fields(line())[:3], " ") + "\n\n")
		}
		b.WriteString(line() + ".\n")
	}
	return fmt.Sprintf("part-%d/page-%d.md", i%20, i), b.String()
}

func (s *sample) write() error {
	for i := range s.pages {
		name, text := s.page(i)
		file := filepath.Join(s.content(), name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// queries are two words that stand together in some page's title.
func (s *sample) queries() [][]string {
	var out [][]string
	for i := range asked {
		_, text := s.page(i * s.pages / asked)
		title := strings.Fields(strings.SplitN(text, "\n", 2)[0])[1:]
		slices.SortStableFunc(title, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
		out = append(out, []string{fmt.Sprint(i), "short", strings.Join(title[:2], " ")})
	}
	return out
}

// edited changes one sentence of a page, builds again, and says which files of the index are others.
func (s *sample) edited(bin string) (string, error) {
	before, err := s.index()
	if err != nil {
		return "", err
	}
	name, text := s.page(s.pages / 2)
	text += "\nCall the plumber on a Saturday, never the zookeeper.\n"
	if err := os.WriteFile(filepath.Join(s.content(), name), []byte(text), 0o600); err != nil {
		return "", err
	}
	if err := build(bin, s.content(), s.site()); err != nil {
		return "", err
	}
	after, err := s.index()
	if err != nil {
		return "", err
	}
	changed, all := map[string]int{}, map[string]int{}
	for name, data := range after {
		kind := name[:1]
		all[kind]++
		if before[name] != data {
			changed[kind]++
		}
	}
	return fmt.Sprintf("%d of %d shards, %d of %d cards, %d of %d texts", changed["d"]+changed["m"], all["d"]+all["m"], changed["c"], all["c"], changed["t"], all["t"]), nil
}

func (s *sample) index() (map[string]string, error) {
	folder := filepath.Join(s.site(), "search", "index")
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			return nil, err
		}
		out[f.Name()] = string(data)
	}
	return out, nil
}

// sentences lists those of all sets' pages that have some words.
func sentences(data string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(data, "*", "content", "*.md"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(text), "---\n"), "\n---\n")
		for _, line := range strings.FieldsFunc(body, func(r rune) bool { return r == '.' || r == '\n' || r == '?' }) {
			line = strings.TrimLeftFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })
			if len(strings.Fields(line)) >= 4 {
				out = append(out, line)
			}
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no sentences in " + data)
	}
	return out, nil
}
