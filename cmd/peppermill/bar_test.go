package main

import (
	"strings"
	"testing"
	"time"
)

func TestBar(t *testing.T) {
	var out strings.Builder
	b := bar{w: &out, what: "Reading"}
	b.wipe()
	if out.String() != "" {
		t.Errorf("a bar that was never drawn was wiped: %q", out.String())
	}
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	b.step(start, 0, 0) // nothing is known yet
	b.step(start, 5, 10)
	b.step(start.Add(time.Millisecond), 6, 10) // too soon
	b.step(start.Add(time.Second), 4, 10)      // a slower hand
	b.wipe()
	want := "\rReading [===============               ] 5/10\x1b[K" +
		"\rReading [==================            ] 6/10\x1b[K" + "\r\x1b[K"
	if out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
}
