package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// depth is how many results count.
const depth = 10

// bars are what a set's natural questions must reach, and how large its index
// may be in bytes without the texts of excerpts. Sets without a row are only shown.
var bars = map[string]bar{
	"stackfaq":  {natural: 0.84, index: 0},
	"cranfield": {natural: 0.365, index: 152_000},
}

type bar struct {
	natural float64
	index   int
}

func (b bar) text() string {
	text := fmt.Sprintf("bars: with a typo %.0f %% of natural, nothing %.1f %%, script %.0f kB", 100*typoShare, 100*mostNothing, kb(mostScript))
	if b.natural > 0 {
		text += fmt.Sprintf(", natural %.3f", b.natural)
	}
	if b.index > 0 {
		text += fmt.Sprintf(", index %.0f kB", kb(b.index))
	}
	return text
}

// What holds for every set: a typo's share of the clean score, and the share of queries that
// may find nothing.
const (
	typoShare   = 0.98
	mostNothing = 0.005
)

func readTable(name string) ([][]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		row := strings.SplitN(strings.TrimRight(line, "\r\n"), "\t", 3)
		if len(row) != 3 {
			return nil, fmt.Errorf("%s: a row without three columns: %q", name, line)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// gradesOf gives the grade of each page, by query.
func gradesOf(rows [][]string) (map[string]map[string]int, error) {
	out := map[string]map[string]int{}
	for _, row := range rows {
		grade, err := strconv.Atoi(row[2])
		if err != nil {
			return nil, fmt.Errorf("grade of query %s: %w", row[0], err)
		}
		if out[row[0]] == nil {
			out[row[0]] = map[string]int{}
		}
		out[row[0]][row[1]] = grade
	}
	return out, nil
}

// ndcg is the normalised discounted cumulative gain of the first ten pages
// (Järvelin and Kekäläinen 2002), with gain 2^grade - 1 and discount log2(rank + 1).
func ndcg(pages []string, grades map[string]int) float64 {
	gain := func(grade, i int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(i+2)) }
	got, best := 0.0, 0.0
	for i, p := range pages[:min(depth, len(pages))] {
		got += gain(grades[strings.TrimSuffix(p, "/")], i)
	}
	ideal := make([]int, 0, len(grades))
	for _, g := range grades {
		ideal = append(ideal, g)
	}
	slices.SortFunc(ideal, func(a, b int) int { return cmp.Compare(b, a) })
	for i, g := range ideal[:min(depth, len(ideal))] {
		best += gain(g, i)
	}
	if best == 0 {
		return 0
	}
	return got / best
}

// tally sums up the answers of one kind.
type tally struct {
	n, nothing   int
	score        float64
	bytes, files []int
	millis       []float64
}

func tallies(r report, grades map[string]map[string]int) map[string]*tally {
	out := map[string]*tally{}
	for _, a := range r.Answers {
		t := out[a.Kind]
		if t == nil {
			t = &tally{}
			out[a.Kind] = t
		}
		t.n++
		t.score += ndcg(a.Pages, grades[a.ID])
		if len(a.Pages) == 0 {
			t.nothing++
		}
		t.bytes, t.files, t.millis = append(t.bytes, a.Bytes), append(t.files, a.Files), append(t.millis, a.Millis)
	}
	return out
}

func (t *tally) mean() float64 { return t.score / float64(t.n) }

// at is the value that the given share of a list does not exceed.
func at[T cmp.Ordered](share float64, list []T) T {
	slices.Sort(list)
	return list[int(share*float64(len(list)-1))]
}

// show prints a set's table and returns how many bars are missed.
func show(w io.Writer, name string, r report, grades map[string]map[string]int) (missed int) {
	kinds := tallies(r, grades)
	fmt.Fprintf(w, "%s: script %.1f kB; index %.1f kB, texts %.1f kB, %d files (gzip -9 of each)\n", name, kb(r.Script), kb(r.Index), kb(r.Texts), r.Count)
	fmt.Fprintf(w, "  %-10s %7s %8s %8s %22s %6s %8s\n", "queries", "number", "nDCG@10", "nothing", "fetched: median, 95 %", "files", "median")
	order := []string{"natural", "short", "typo", twoWords}
	for _, kind := range order {
		t := kinds[kind]
		if t == nil {
			continue
		}
		score := fmt.Sprintf("%8.4f", t.mean())
		if kind == twoWords {
			score = fmt.Sprintf("%8s", "")
		}
		fmt.Fprintf(w, "  %-10s %7d %s %7.2f%% %11.1f kB %4.1f kB %6d %5.1f ms\n", kind, t.n, score, 100*t.missing(), kb(at(0.5, t.bytes)), kb(at(0.95, t.bytes)), at(0.5, t.files), at(0.5, t.millis))
	}
	fmt.Fprintf(w, "  %s\n", bars[name].text())
	check := func(ok bool, format string, args ...any) {
		if !ok {
			missed++
			fmt.Fprintf(w, "  below the bar: "+format+"\n", args...)
		}
	}
	bar := bars[name]
	check(r.Script <= mostScript, "script %.1f kB, bar %.0f kB", kb(r.Script), kb(mostScript))
	natural, typo := kinds["natural"], kinds["typo"]
	if natural != nil {
		check(natural.mean() >= bar.natural, "natural questions %.4f, bar %.3f", natural.mean(), bar.natural)
	}
	if natural != nil && typo != nil {
		check(typo.mean() >= typoShare*natural.mean(), "with a typo %.1f %% of the clean score, bar %.0f %%", 100*typo.mean()/natural.mean(), 100*typoShare)
	}
	for _, kind := range order[:3] {
		if t := kinds[kind]; t != nil {
			check(t.missing() <= mostNothing, "%s: %.2f %% find nothing, bar %.1f %%", kind, 100*t.missing(), 100*mostNothing)
		}
	}
	check(bar.index == 0 || r.Index <= bar.index, "index %.1f kB, bar %.0f kB", kb(r.Index), kb(bar.index))
	return missed
}

// twoWords are the first two words of the short queries, asked only for what they fetch.
const twoWords = "two words"

func (t *tally) missing() float64 { return float64(t.nothing) / float64(t.n) }

func kb(bytes int) float64 { return float64(bytes) / 1000 }
