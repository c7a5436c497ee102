// Command bench measures a whole build against its floor, each as a process of
// its own, and prints ratios: this machine's absolute times mean little
// elsewhere. It is run by `make bench` and is no part of the product.
//
// In: a number of pages. Out: a table on standard output. It writes only to a
// temporary folder. Start at measure.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

func main() {
	pages := flag.Int("pages", 10000, "pages of the synthetic playbook")
	runs := flag.Int("runs", 3, "times that each figure is taken; the median is printed")
	only := flag.Bool("preview", false, "measure only the preview")
	floor := flag.Bool("floor", false, "be the floor: args are the content and output folders")
	write := flag.Bool("write", false, "only write the synthetic playbook into the folder named")
	flag.Parse()
	var err error
	switch {
	case *floor:
		err = Floor(flag.Arg(0), flag.Arg(1))
	case *write:
		err = Generate(flag.Arg(0), *pages, "")
	default:
		err = measure(*pages, *runs, *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measure builds the binary, writes the playbook, times builds, and then the preview.
func measure(pages, runs int, previewOnly bool) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin := filepath.Join(dir, "peppermill")
	if out, err := exec.Command("go", "build", "-o", bin, "./cmd/peppermill").CombinedOutput(); err != nil {
		return fmt.Errorf("building: %w\n%s", err, out)
	}
	content := filepath.Join(dir, "content")
	if err := Generate(content, pages, ""); err != nil {
		return err
	}
	if previewOnly {
		fmt.Printf("%d pages\n", pages)
		return measurePreviews(dir, bin, content)
	}
	// The same pages, none of which wants to be found: no index is made.
	if err := Generate(filepath.Join(dir, "unsearched"), pages, "search: false\n"); err != nil {
		return err
	}
	cold, err := measureBuilds(dir, bin, pages, runs)
	if err != nil {
		return err
	}
	if err := hugo(dir, content, cold); err != nil {
		return err
	}
	return measurePreviews(dir, bin, content)
}

// measureBuilds times the floor and the builds in turn, prints their rows, and returns a cold build's.
func measureBuilds(dir, bin string, pages, runs int) (cold result, err error) {
	self, err := os.Executable()
	if err != nil {
		return result{}, err
	}
	content := filepath.Join(dir, "content")
	build := func(source, out string) []string {
		return []string{bin, "build", "--quiet", "--source", source, "--destination", out}
	}
	var floors, colds, bares, warms, edits []result
	for i := range runs {
		// Each run has folders of its own, which stay until the end: ext4 makes files slowly
		// where others were deleted within the last minutes.
		n := strconv.Itoa(i)
		out, bare := filepath.Join(dir, "out"+n), filepath.Join(dir, "bare"+n)
		for _, step := range []struct {
			into   *[]result
			before func() error
			args   []string
		}{
			{&floors, nil, []string{self, "-floor", content, filepath.Join(dir, "floor"+n)}},
			{&colds, nil, build(content, out)},
			{&bares, nil, build(filepath.Join(dir, "unsearched"), bare)},
			{&warms, nil, build(content, out)},
			{&edits, func() error { return edit(content, i) }, build(content, out)},
		} {
			if step.before != nil {
				if err := step.before(); err != nil {
					return result{}, err
				}
			}
			r, err := run(step.args)
			if err != nil {
				return result{}, err
			}
			*step.into = append(*step.into, r)
		}
	}
	fmt.Printf("%d pages, %d runs each, medians\n", pages, runs)
	show(median(floors), median(colds), median(bares), median(warms), median(edits))
	return median(colds), nil
}

func show(floor, cold, bare, warm, edit result) {
	fmt.Printf("%-22s %8s %14s %6s %9s %12s\n", "", "wall", "to the floor", "bar", "work", "peak memory")
	for _, row := range []struct {
		name, bar string
		r         result
	}{{"floor", "", floor}, {"cold build", "1.80", cold}, {"without search index", "1.50", bare}, {"nothing changed", "", warm}, {"one page changed", "", edit}} {
		fmt.Printf("%-22s %7.2fs %13.2fx %6s %8.2fs %9d MB\n", row.name, row.r.wall.Seconds(), row.r.wall.Seconds()/floor.wall.Seconds(), row.bar, row.r.work.Seconds(), row.r.memory>>20)
	}
	fmt.Printf("second build to cold build: %.3f (bar 0.100)\n", warm.wall.Seconds()/cold.wall.Seconds())
	fmt.Printf("cold build with search index to one without: %.2f, its work %.2f\n", cold.wall.Seconds()/bare.wall.Seconds(), cold.work.Seconds()/bare.work.Seconds())
}

// result is what one process took. work is the time of all processors, which a busy machine
// hardly changes; memory is its peak resident set in bytes.
type result struct {
	wall, work time.Duration
	memory     int64
}

func run(args []string) (result, error) {
	cmd := exec.CommandContext(context.Background(), args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1767225600")
	start := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return result{}, fmt.Errorf("%v: %w\n%.2000s", args, err, out)
	}
	r := result{wall: time.Since(start), work: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.memory = u.Maxrss << 10
	}
	return r, nil
}

func median(rs []result) result {
	slices.SortFunc(rs, func(a, b result) int { return int(a.wall - b.wall) })
	return rs[len(rs)/2]
}

// edit changes one sentence of one page.
func edit(content string, i int) error {
	name := filepath.Join(content, "standards", "page-00007.md")
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "\nEdited for the %dth time.\n", i+1)
	if c := f.Close(); err == nil {
		err = c
	}
	return err
}

// hugo runs Hugo on the same pages, where it is on PATH, with a minimal theme.
func hugo(dir, content string, cold result) error {
	bin, err := exec.LookPath("hugo")
	if err != nil {
		fmt.Println("hugo is not on PATH: no comparison (go install github.com/gohugoio/hugo@v0.165.0)")
		return nil
	}
	site := filepath.Join(dir, "hugo")
	if err := HugoSite(site, content); err != nil {
		return err
	}
	r, err := run([]string{bin, "--source", site, "--destination", filepath.Join(dir, "hugo-out"), "--quiet"})
	if err != nil {
		return err
	}
	fmt.Printf("hugo %.2fs, %d MB: cold build is %.2f of it (bar 0.33)\n", r.wall.Seconds(), r.memory>>20, cold.wall.Seconds()/r.wall.Seconds())
	return nil
}
