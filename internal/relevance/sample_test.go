package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	builder "peppermill/internal/build"
	"peppermill/internal/output"
)

// TestSample holds that owners find what they ask the sample site for, with the
// script that readers get.
func TestSample(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil && os.Getenv("CI") != "true" {
		t.Skip("needs node (make browser gets it), which runs the browser's half of the search")
	}
	all, err := readQuestions("../../" + questions)
	if err != nil || len(all) != 40 {
		t.Fatalf("%d questions: %v", len(all), err)
	}
	dir := t.TempDir()
	script := filepath.Join(dir, "run.mjs")
	if err := os.WriteFile(script, []byte(runner), 0o600); err != nil {
		t.Fatal(err)
	}
	var b builder.Builder
	for _, profile := range []string{"", "bakehouse"} {
		site := filepath.Join(dir, "site"+profile)
		r, err := b.Run(context.Background(), builder.Input{Content: os.DirFS("../../content"), Options: builder.Options{Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Profile: profile}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := output.Sync(context.Background(), site, searched(r.Tree), output.Options{}); err != nil {
			t.Fatal(err)
		}
		found, err := ask(script, site, rows(all))
		if err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		if n := showSample(&said, "profile "+profile, all, found); n < sampleBar {
			t.Errorf("%d questions find their page among the first three, want %d:\n%s", n, sampleBar, &said)
		}
	}
}

// searched is of a tree what the search needs.
func searched(tree output.Tree) output.Tree {
	entries := tree.Entries
	if tree.More != nil {
		entries = append(entries[:len(entries):len(entries)], tree.More()...)
	}
	var out output.Tree
	for _, e := range entries {
		if strings.HasPrefix(e.Path, "assets/search.") || strings.HasPrefix(e.Path, "search/index/") {
			out.Entries = append(out.Entries, e)
		}
	}
	return out
}

// TestShowSample holds what is counted and said.
func TestShowSample(t *testing.T) {
	all := []question{{"one", []string{"a/"}}, {"two", []string{"b/", "c/"}}, {"three", []string{"d/"}}, {"four", []string{"e/"}}}
	r := report{Answers: []answer{{Pages: []string{"a/"}}, {Pages: []string{"x/", "c/"}}, {Pages: []string{"x/", "y/", "z/", "d/"}}, {}}}
	var b strings.Builder
	if n := showSample(&b, "here", all, r); n != 2 {
		t.Errorf("%d among the first three, want 2", n)
	}
	want := "here: of 4 questions, the page comes first for 1, among the first three for 2 (bar 38), among the first ten for 3\n" +
		"    \"three\" wants d/, finds x/ y/ z/\n    \"four\" wants e/, finds \n"
	if b.String() != want {
		t.Errorf("got  %s\nwant %s", &b, want)
	}
}
