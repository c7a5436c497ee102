package output

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const benchSize = 12000

func benchSite() site {
	s := site{}
	body := strings.Repeat("0123456789abcdef", 8400/16)
	for i := range benchSize {
		s[fmt.Sprintf("section-%d/some-page-%d/index.html", i%4, i)] = fmt.Sprint(i) + body
	}
	return s
}

// BenchmarkFloor writes the same files in the plainest way, one after the other.
func BenchmarkFloor(b *testing.B) {
	s := benchSite()
	t := s.tree()
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		b.StartTimer()
		for _, e := range t.Entries {
			p := filepath.Join(dir, e.Path)
			if err := firstOf(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, []byte(s[e.Path]), 0o644)); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		os.RemoveAll(dir)
		b.StartTimer()
	}
}

func BenchmarkSyncNew(b *testing.B) {
	t := benchSite().tree()
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		b.StartTimer()
		mustSync(b, dir, t)
		b.StopTimer()
		os.RemoveAll(dir)
		b.StartTimer()
	}
}

func BenchmarkSyncNothingChanged(b *testing.B) {
	s, dir := benchSite(), b.TempDir()
	mustSync(b, dir, s.tree())
	t := s.tree()
	for b.Loop() {
		mustSync(b, dir, t)
	}
}

func BenchmarkFresh(b *testing.B) {
	t, dir := benchSite().tree(), b.TempDir()
	mustSync(b, dir, t)
	for b.Loop() {
		if _, ok, err := Fresh(dir, remembered(t.Fingerprint)); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}
