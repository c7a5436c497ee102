// Command relevance measures how well a site's search finds what people ask
// for. It is run by `make relevance` and is no part of the product.
//
// In: the questions of internal/search/testdata to the sample site (sample.go), and labelled sets, each a folder with content/, queries.tsv (id, kind, text)
// and qrels.tsv (id, page, grade). Out: a table on standard output, and exit
// code 1 where a bar is missed. Each set is built by the program itself, and its queries
// are put to the script that readers get, in node. Then sites of several sizes are made of the sets' sentences, to
// see what a query fetches as a site grows. It writes only to a temporary
// folder. Start at measure; what the figures mean is in score.go and grow.go.
package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed run.mjs
var runner string

func main() {
	large := flag.Bool("large", false, "measure sites of 40,000 pages too; minutes")
	growth := flag.Bool("growth", false, "measure only what a query fetches as a site grows, as make bench does")
	flag.Parse()
	data := filepath.Join(cmp.Or(os.Getenv("PEPPERMILL_DATA"), "../shared"), "relevance")
	if err := measure(data, *large, *growth); err != nil {
		fmt.Fprintln(os.Stderr, "relevance:", err)
		os.Exit(1)
	}
}

// measure builds the program, then each set with it, and prints what readers would get.
func measure(data string, large, growthOnly bool) error {
	dir, err := os.MkdirTemp("", "relevance")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin := filepath.Join(dir, "peppermill")
	if out, err := exec.Command("go", "build", "-o", bin, "./cmd/peppermill").CombinedOutput(); err != nil {
		return fmt.Errorf("building: %w\n%s", err, out)
	}
	script := filepath.Join(dir, "run.mjs")
	if err := os.WriteFile(script, []byte(runner), 0o600); err != nil {
		return err
	}
	missed := 0
	if !growthOnly {
		if missed, err = askSample(os.Stdout, bin, script, dir); err != nil {
			return err
		}
	}
	sets, err := os.ReadDir(data)
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Printf("nothing else measured: there are no labelled sets in %s; set PEPPERMILL_DATA to the folder that has relevance/ in it\n", data)
		return below(missed)
	}
	if err != nil {
		return err
	}
	if growthOnly {
		sets = nil
	}
	for _, set := range sets {
		n, err := one(bin, script, filepath.Join(data, set.Name()), filepath.Join(dir, set.Name()))
		if err != nil {
			return fmt.Errorf("%s: %w", set.Name(), err)
		}
		missed += n
	}
	n, err := grow(os.Stdout, bin, script, data, dir, large)
	if err != nil {
		return err
	}
	return below(missed + n)
}

func below(missed int) error {
	if missed > 0 {
		return fmt.Errorf("%d of the bars are missed", missed)
	}
	return nil
}

// answer is what one query came to, as run.mjs says.
type answer struct {
	ID, Kind string
	Pages    []string // addresses, best first
	Bytes    int      // of the files that a first query fetches, gzip -9 each, without the script
	Files    int
	Hops     int     // rounds of files that wait for each other, the script's among them
	Excerpts int     // bytes of the texts for the first ten results
	Millis   float64 // once the files are there
}

// report is all that run.mjs says of a site.
type report struct {
	Answers                     []answer
	Script, Index, Texts, Count int // bytes, gzip -9 of each file; number of files
}

// one measures a set and returns how many bars it misses.
func one(bin, script, set, site string) (missed int, err error) {
	queries, err := readTable(filepath.Join(set, "queries.tsv"))
	if err != nil {
		return 0, err
	}
	rows, err := readTable(filepath.Join(set, "qrels.tsv"))
	if err != nil {
		return 0, err
	}
	grades, err := gradesOf(rows)
	if err != nil {
		return 0, err
	}
	if err := build(bin, filepath.Join(set, "content"), site); err != nil {
		return 0, err
	}
	r, err := ask(script, site, queries)
	if err != nil {
		return 0, err
	}
	return show(os.Stdout, filepath.Base(set), r, grades), nil
}

func build(bin, content, site string, more ...string) error {
	cmd := exec.Command(bin, append([]string{"build", "--quiet", "--lenient", "--source", content, "--destination", site}, more...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building: %w\n%.2000s", err, out)
	}
	return nil
}

// ask puts the queries to a site in node.
func ask(script, site string, queries [][]string, latency ...string) (report, error) {
	var r report
	input, err := json.Marshal(queries)
	if err != nil {
		return r, err
	}
	node := exec.Command("node", append([]string{script, site}, latency...)...)
	node.Stdin, node.Stderr = bytes.NewReader(input), os.Stderr
	out, err := node.Output()
	if err != nil {
		return r, fmt.Errorf("asking in node: %w", err)
	}
	return r, json.Unmarshal(out, &r)
}
