package schema

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// builtIn is the lexicon of a language of the built-in words files.
func builtIn(t testing.TB, lang string) *Lexicon {
	t.Helper()
	f, err := os.Open("../../themes/default/ui/" + lang + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	words := map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		if key, text, ok := strings.Cut(s.Text(), ": "); ok {
			words[key] = strings.Trim(text, `"`)
		}
	}
	return NewLexicon(func(key string) string { return words[key] })
}

func TestClock(t *testing.T) {
	en, de := builtIn(t, "en"), builtIn(t, "de")
	const never = -1
	for _, c := range []struct {
		lexicon *Lexicon
		text    string
		within  time.Duration
		working bool
	}{
		{en, "within 4 h", 4 * time.Hour, false},
		{en, "within 4h", 4 * time.Hour, false},
		{en, "4 Hours", 4 * time.Hour, false},
		{en, "the same day", day, false},
		{en, "same day", day, false},
		{en, "the same working day", day, true},
		{en, "1 working day", day, true},
		{en, "within two business days", 2 * day, true},
		{en, "2 hours while we are open", 2 * time.Hour, false},
		{en, "within a minute", time.Minute, false},
		{en, "at once", 0, false},
		{en, "at once, or a call back within 2 hours", 2 * time.Hour, false},
		{en, "1 to 2 weeks", 14 * day, false},
		{en, "next working day", 2 * day, true},
		{en, "", never, false},
		{en, "before the promised hour", never, false},
		{en, "5 rings", never, false},
		{en, "by 11 April", never, false},
		{en, "as long as it takes", never, false},
		{en, "99999999999 days", never, false},
		{de, "binnen 4 Stunden", 4 * time.Hour, false},
		{de, "am selben Tag", day, false},
		{de, "2 Werktagen", 2 * day, true},
		{de, "innerhalb eines Tages", day, false},
		{de, "sofort", 0, false},
		{de, "vor der versprochenen Stunde", never, false},
	} {
		got, ok := c.lexicon.Clock(c.text)
		if want := c.within != never; ok != want || ok && (got != Clock{c.within, c.working}) {
			t.Errorf("%q: %+v, %t", c.text, got, ok)
		}
	}
}

func TestIsTime(t *testing.T) {
	en, de := builtIn(t, "en"), builtIn(t, "de")
	for _, c := range []struct {
		lexicon *Lexicon
		text    string
		want    bool
	}{
		{en, "before the promised hour", true}, {en, "at 2", true}, {en, "by 11 April", true}, {en, "by Noor", false}, {en, "at the counter", false}, {en, "on the left", false}, {en, "W-4 & I-9", false}, {en, "part 2", false}, {en, "same visit", true}, {en, "first Tuesday of the month", true},
		{en, "every time", true}, {en, "Noor", false}, {en, "same person", false}, {en, "whoever is nearest", false}, {en, "day manager", false}, {en, "", false},
		{de, "vor der Stunde", true}, {de, "binnen zwei Tagen", true}, {de, "Theke", false}, {de, "dieselbe Person", false},
	} {
		if got := c.lexicon.IsTime(c.text); got != c.want {
			t.Errorf("%q: %t", c.text, got)
		}
	}
}

// TestTable looks which structures tables are, by their heads.
func TestTable(t *testing.T) {
	en, de := builtIn(t, "en"), builtIn(t, "de")
	for _, c := range []struct {
		lexicon          *Lexicon
		typ, under       string
		named            bool
		heads            string
		kind, recognised string
	}{
		{en, "policy", "promises", false, "Promise|By whom|Within", "promises", "promise who within"},
		{en, "policy", "promises", false, "How late|What you hear|What it costs you", "promises", "case promise -"},
		{en, "policy", "", false, "Promise|By whom|Within", "promises", "promise who within"},
		{en, "policy", "", false, "What happened|We ring|Who", "", ""},
		{en, "policy", "steps", false, "When|Say|Avoid", "scripts", "when say avoid"},
		{en, "policy", "promises", true, "A|B", "promises", "promise -"},
		{en, "policy", "promises", false, "A|B", "", ""},
		{en, "policy", "authority", false, "Who|On holiday", "", ""},
		{en, "policy", "", false, "Who|May give without asking|Then ask", "authority", "who up_to then"},
		{en, "standard", "", false, "|Below|Acceptable|Excellent", "criteria", "name below acceptable excellent"},
		{en, "article", "", false, "Version|Changes", "", ""},
		{en, "page", "", false, "Version|What changed", "", ""},
		{de, "policy", "", false, "Version|Gilt ab|Was sich geändert hat|Weil", "changes", "version date summary because"},
		{de, "checklist", "", false, "Punkte|Es bedeutet|Weiter", "bands", "range meaning next"},
		{de, "policy", "", false, "Version|What changed", "", ""},
	} {
		under := -1
		if c.under != "" {
			under = StructureOf(c.under)
		}
		kind, at := c.lexicon.Table(strings.Split(c.heads, "|"), ScopeOf(c.typ), under, c.named)
		got, name := "", ""
		if kind >= 0 {
			name = structures[kind].Kind
			for _, column := range at {
				if column < 0 {
					got += " -"
				} else {
					got += " " + structures[kind].Columns[column].Name
				}
			}
		}
		if name != c.kind || strings.TrimSpace(got) != c.recognised {
			t.Errorf("%s %q: %q, %q; want %q, %q", c.typ, c.heads, name, got, c.kind, c.recognised)
		}
	}
}

// TestNames looks whether the words files name every structure and column, and
// whether no name means two structures of one page.
func TestNames(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		l := builtIn(t, lang)
		for i, s := range structures {
			for _, typ := range types {
				scope := ScopeOf(typ.Name)
				if !scope.Has(i) {
					continue
				}
				for name, all := range l.headings {
					if slices.Contains(all, int8(i)) && l.Heading("", name, scope) != i {
						t.Errorf("%s: %q means %s and another structure on a page of type %s", lang, name, s.Kind, typ.Name)
					}
				}
			}
			for j, c := range s.Columns {
				if l.Field(l.ColumnTitle(i, j), i) != j {
					t.Errorf("%s: %s.%s is called %q, which is not that column's", lang, s.Kind, c.Name, l.ColumnTitle(i, j))
				}
				if l.Field(c.Name, i) != j {
					t.Errorf("%s: %s.%s is not found by its own name", lang, s.Kind, c.Name)
				}
			}
			for _, sign := range s.Signs {
				if s.Column(sign) < 0 {
					t.Errorf("%s has no column %s", s.Kind, sign)
				}
			}
			for _, typ := range s.Types {
				if _, ok := typeOf(typ); !ok {
					t.Errorf("%s: no type %s", s.Kind, typ)
				}
			}
		}
	}
	if len(structures) > 64 {
		t.Error("a Scope has 64 bits")
	}
}

func TestRange(t *testing.T) {
	for text, want := range map[string]Ends{"0 to 4": {"0", "4"}, "5–9": {"5", "9"}, "7": {"7", "7"}, "10+": {"10", ""}, "none": {"", ""}, "3 bis 5 Haken": {"3", "5"}} {
		if ends := Range(text); ends != want {
			t.Errorf("%q: %v", text, ends)
		}
	}
}

// TestRanges reads whole tables: what one number with words beside it means
// can be told from the others.
func TestRanges(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  []Ends
	}{
		{[]string{"0", "1 to 3", "4 or more"}, []Ends{{"0", "0"}, {"1", "3"}, {"4", ""}}},
		{[]string{"bis 2", "3–5", "ab 6"}, []Ends{{"0", "2"}, {"3", "5"}, {"6", ""}}},
		{[]string{"mehr als 9", "5–8", "höchstens 4"}, []Ends{{"9", ""}, {"5", "8"}, {"0", "4"}}},
		{[]string{"7", "8+"}, []Ends{{"7", "7"}, {"8", ""}}},
		{[]string{"none", ""}, []Ends{{}, {}}},
		{nil, []Ends{}},
	} {
		if got := Ranges(c.texts); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, not %v", c.texts, got, c.want)
		}
	}
}

func FuzzLexicon(f *testing.F) {
	for _, s := range []string{"within 4 h", "the same day", "Noor, every day, before 3", "０４ Stunden", "a|b|c", "\xff,\xfe"} {
		f.Add(s)
	}
	en := builtIn(f, "en")
	f.Fuzz(func(t *testing.T, s string) {
		en.Clock(s)
		en.Answer(s)
		en.IsTime(s)
		if kind, at := en.Table(strings.Split(s, "|"), ^Scope(0), -1, false); kind >= 0 && len(at) != len(strings.Split(s, "|")) {
			t.Fatal(kind, at)
		}
		if folded := fold(s); string(appendFold(nil, s)) != folded {
			t.Fatalf("%q, %q", appendFold(nil, s), folded)
		}
	})
}
