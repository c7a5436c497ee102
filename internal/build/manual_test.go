package build

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"peppermill/internal/schema"
)

// TestManualReference holds that the manual's page of reference is what the
// tables of the schema say, word for word. With -update it writes the page.
func TestManualReference(t *testing.T) {
	t.Parallel()
	const name = "../../content/using-peppermill/reference.md"
	want := referencePage()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the tables say; make update writes it anew", name)
	}
}

// referencePage is the page, made of the tables.
func referencePage() string {
	var b strings.Builder
	b.WriteString(`---
title: Reference
description: Every type, key and shape by name.
weight: 99
---
What the rule book knows, in tables. This page is written from the book itself; ` + "[Front matter](front-matter.md) and [Shapes](shapes.md)" + `
say the same with examples.

## Types

| Type | What it is for | Kinds | Folders that imply it |
|---|---|---|---|
`)
	for _, typ := range schema.Types() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", code(typ.Name), typ.About, codes(typ.Kinds), codes(typ.Folders))
	}
	b.WriteString("\n## Keys\n\nA key with types in the third column counts on pages of those types alone.\n\n| Key | What it says | Of | Also known as | Values |\n|---|---|---|---|---|\n")
	for _, f := range schema.Fields() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", code(f.Name), cell(f.About), strings.Join(f.Of, ", "), codes(f.Synonyms), codes(f.Values))
	}
	b.WriteString("\n## Shapes\n\n| Shape | What it says | Columns | On pages of type |\n|---|---|---|---|\n")
	for _, s := range schema.Structures() {
		types := strings.Join(s.Types, ", ")
		if types == "" {
			types = "any"
		}
		about := s.About
		if s.Staff {
			about += " For staff, unless it is marked as public."
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", code(s.Kind), about, strings.Join(s.Names(), ", "), types)
	}
	return b.String()
}

func code(s string) string { return "`" + s + "`" }

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func codes(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = code(n)
	}
	return strings.Join(out, ", ")
}
