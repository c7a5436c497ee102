package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The questions that shop owners ask the sample site, and how many of them must
// have a page that answers them among the first three.
const (
	questions  = "internal/search/testdata/questions.txt"
	sampleBar  = 38
	firstFew   = 3
	sampleKind = "owner"
)

// question is one of them, with the addresses of the pages that answer it.
type question struct {
	text  string
	pages []string
}

func readQuestions(name string) ([]question, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []question
	for line := range strings.Lines(string(data)) {
		text, pages, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		q := question{text: text}
		for source := range strings.FieldsSeq(pages) {
			q.pages = append(q.pages, strings.TrimSuffix(strings.TrimSuffix(source, ".md"), "/index")+"/")
		}
		out = append(out, q)
	}
	return out, nil
}

// rows are the questions as run.mjs takes them; the id is their place.
func rows(all []question) (out [][]string) {
	for i, q := range all {
		out = append(out, []string{strconv.Itoa(i), sampleKind, q.text})
	}
	return out
}

// rank is where the first page that answers stands among those that were found, from 0; -1
// where none is.
func (q question) rank(found []string) int {
	return slices.IndexFunc(found, func(p string) bool { return slices.Contains(q.pages, p) })
}

// showSample prints how the questions fared, and those that miss the first few. It
// returns how many do not.
func showSample(w io.Writer, name string, all []question, r report) (within int) {
	first, ten := 0, 0
	var missed strings.Builder
	for i, q := range all {
		found := r.Answers[i].Pages
		switch at := q.rank(found); {
		case at == 0:
			first++
			fallthrough
		case at > 0 && at < firstFew:
			within++
			ten++
			continue
		case at > 0 && at < depth:
			ten++
		}
		fmt.Fprintf(&missed, "    %q wants %s, finds %s\n", q.text, strings.Join(q.pages, " or "), strings.Join(found[:min(firstFew, len(found))], " "))
	}
	fmt.Fprintf(w, "%s: of %d questions, the page comes first for %d, among the first three for %d (bar %d), among the first ten for %d\n%s",
		name, len(all), first, within, sampleBar, ten, &missed)
	return within
}

// askSample builds the sample site, as it is and as a bakery's, and puts the
// questions to it. It returns how many of the two miss the bar.
func askSample(w io.Writer, bin, script, dir string) (missed int, err error) {
	all, err := readQuestions(questions)
	if err != nil {
		return 0, err
	}
	for _, profile := range []string{"", "bakehouse"} {
		site := filepath.Join(dir, "sample"+profile)
		if err := build(bin, "content", site, "--profile", profile); err != nil {
			return missed, err
		}
		r, err := ask(script, site, rows(all))
		if err != nil {
			return missed, err
		}
		if showSample(w, strings.TrimSpace("sample site "+profile), all, r) < sampleBar {
			missed++
		}
	}
	return missed, nil
}
