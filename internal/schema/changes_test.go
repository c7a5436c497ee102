package schema

import (
	"fmt"
	"testing"

	"peppermill/internal/page"
)

// TestChanges holds how a log in the front matter is read, also one that
// somebody wrote in another way than we would.
func TestChanges(t *testing.T) {
	scalar := func(s string) page.Value { return page.Value{Kind: page.Scalar, Text: s} }
	entry := func(pairs ...string) page.Value {
		v := page.Value{Kind: page.Map}
		for i := 0; i < len(pairs); i += 2 {
			v.Fields = append(v.Fields, page.Field{Key: pairs[i], Value: scalar(pairs[i+1])})
		}
		return v
	}
	tree := page.Value{Kind: page.Map, Fields: []page.Field{
		{Key: "acknowledge", Value: scalar("Receipt")},
		{Key: "Changes", Value: page.Value{Kind: page.List, Items: []page.Value{
			entry("Version", " 2.0 ", "date", "2026-03-01", "summary", "Free %{x}", "because", "Ann", "by", "Ada", "material", "yes"),
			entry("version", "1.1", "date", "soon", "material", "nein"),
			entry("version", "1.0", "material", "ja"),
			entry("note", "nothing that we know"),
			scalar("2019: written"),
		}}},
	}}
	meta, _ := Envelope(tree, "a.md")
	got := ""
	for _, c := range meta.Control.Changes {
		got += fmt.Sprintln(c.Version, written(c.Date), c.Summary, c.Because, c.By, c.Material)
	}
	if want := "2.0 2026-03-01 Free %{x} Ann Ada true\n1.1     false\n1.0     true\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if meta.Control.Acknowledge != "receipt" {
		t.Error(meta.Control.Acknowledge)
	}
	if none, _ := Envelope(page.Value{Kind: page.Map, Fields: []page.Field{{Key: "acknowledge", Value: scalar("none")}}}, "a.md"); none.Control.Acknowledge != "" {
		t.Error("none is somebody's")
	}
}

func written(d page.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format("2006-01-02")
}
