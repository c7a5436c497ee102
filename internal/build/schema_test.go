package build

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"peppermill/internal/schema"
)

// TestSchemaTakesTheSample holds the JSON Schema against a validator that is
// not ours: it takes every page of the sample, and refuses what editors should
// underline.
func TestSchemaTakesTheSample(t *testing.T) {
	text, err := schema.JSON()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("front-matter.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("front-matter.json")
	if err != nil {
		t.Fatal(err)
	}
	r, _ := sample(t, "public")
	checked := 0
	for _, p := range r.Site.Pages {
		if p.Source == nil {
			continue
		}
		checked++
		if err := s.Validate(p.Source.Meta.Tree.Plain()); err != nil {
			t.Errorf("%s: %v", p.Source.Path, err)
		}
	}
	if checked < 35 {
		t.Errorf("only %d pages", checked)
	}
	for _, c := range []struct {
		tree  map[string]any
		taken bool
	}{
		{map[string]any{"type": "policy", "kind": "refund"}, true},
		{map[string]any{"type": "policy", "kind": "refnd"}, false},
		{map[string]any{"kind": "refnd"}, true},
		{map[string]any{"visibility": "staff"}, true},
		{map[string]any{"visibility": "friends"}, false},
		{map[string]any{"audience": "owner, manager"}, true},
		{map[string]any{"audience": []any{"owner", "everybody"}}, false},
		{map[string]any{"draft": "perhaps"}, false},
		{map[string]any{"lastmod": "2026-01-01", "own": map[string]any{"a": 1}}, true},
		{map[string]any{"part": "two"}, false},
		{map[string]any{"type": "case-study", "evidence": "hearsay"}, false},
		{map[string]any{"type": "story", "evidence": "client"}, true},
		{map[string]any{"type": "article", "evidence": map[string]any{"own": 1}}, true},
		{map[string]any{"type": "course", "modules": []any{"a.md", "b.md"}}, true},
		{map[string]any{"type": "course", "modules": map[string]any{"a": 1}}, false},
		{map[string]any{"status": "Completed"}, true},
		{map[string]any{"authors": []any{map[string]any{"name": "Ada"}, "Bo"}}, true},
		{map[string]any{"authors": []any{map[string]any{"nom": "Ada"}}}, false},
	} {
		if err := s.Validate(c.tree); (err == nil) != c.taken {
			t.Errorf("%s: taken is not %t: %v", fmt.Sprint(c.tree), c.taken, err)
		}
	}
}
