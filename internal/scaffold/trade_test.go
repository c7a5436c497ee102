package scaffold_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"peppermill/internal/build"
	"peppermill/internal/page"
	"peppermill/internal/scaffold"
)

// own is a page that only the starter of one trade has.
var own = map[string]string{
	"1": "policies/bookings.md", "2": "policies/repairs.md", "3": "policies/quotes.md", "4": "policies/appointments.md", "5": "policies/fees.md",
	"museum": "checklists/self-check.md", // of no trade on the list
}

func starter(t *testing.T, trade string) []scaffold.File {
	t.Helper()
	files, err := scaffold.Starter(scaffold.Answers{Name: "Ash & Elm", Trade: trade, Contact: "hello@elm.example", Complaints: "Priya Shah"})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTrades holds which starter whatever somebody says of themselves leads
// to, and that they find their own words on the page.
func TestTrades(t *testing.T) {
	for _, tt := range []struct{ said, number string }{
		{"1", "1"}, {"2", "2"}, {"3", "3"}, {"4", "4"}, {"5", "5"}, {"6", ""}, {"0", ""}, {"-1", ""}, {"01", ""}, {"1.", ""}, {"99999999999999999999", ""},
		{"café", "1"}, {"A CAFÉ & bakery", "1"}, {"coffee shop", "1"}, {"B&B", "1"}, {"food", "1"},
		{"book shop", "2"}, {"bicycle shop", "2"}, {"phone repairs", "2"}, {"garage", "2"}, {"shops", "2"},
		{"Plumbing & heating", "3"}, {"home services", "3"}, {"trade", "3"},
		{"hair salons", "4"}, {"salon", "4"}, {"home care", "4"}, {"lawn care", "3"}, {"carers", "4"}, {"hairdressers' supplies shop", "4"},
		{"Chartered accountants", "5"}, {"IT support", "5"}, {"professional", "5"},
		{"veterans' museum", ""}, {"x", ""}, {"small business", ""}, {"shopping", ""},
	} {
		files := starter(t, tt.said)
		for number, path := range own {
			want := number == tt.number || number == "museum" && tt.number == ""
			if has := slices.ContainsFunc(files, func(f scaffold.File) bool { return f.Path == path }); has != want {
				t.Errorf("%q: has %s: %t", tt.said, path, has)
			}
		}
		shown := tt.said
		if len(shown) == 1 && tt.number != "" {
			shown = scaffold.Trades()[shown[0]-'1'].Name
		}
		i := slices.IndexFunc(files, func(f scaffold.File) bool { return f.Path == "index.md" })
		if !strings.Contains(string(files[i].Data), "| What we do | "+shown+" |") {
			t.Errorf("%q: the plan does not say %q", tt.said, shown)
		}
	}
}

// unread is a step whose brackets hold more than one person: its time is none
// that is known.
var unread = regexp.MustCompile(`class="who">[^<]*,[^<]*<`)

// TestEditions builds every starter for the public and for staff, and holds
// that it is small, whole and in the business's name.
func TestEditions(t *testing.T) {
	var b build.Builder
	for trade := range own {
		files := starter(t, trade)
		if pages := len(slices.DeleteFunc(slices.Clone(files), func(f scaffold.File) bool { return !strings.HasSuffix(f.Path, ".md") })); pages < 9 || pages > 11 {
			t.Errorf("%s: %d pages", trade, pages)
		}
		for _, edition := range []page.Visibility{page.Public, page.Staff} {
			tree := made(t, &b, files, build.Options{Edition: edition})
			for _, name := range []string{"index.html", "contact/index.html"} {
				if !strings.Contains(text(tree[name]), "Ash & Elm") {
					t.Errorf("%s: %s does not name the business", trade, name)
				}
			}
			for name, data := range tree {
				if got := text(data); strings.HasSuffix(name, ".html") && (strings.Contains(got, "{{") || strings.Contains(got, "%{") || strings.Contains(got, "<no value>")) {
					t.Errorf("%s: a mark is left on %s", trade, name)
				}
				if found := unread.Find(data); found != nil {
					t.Errorf("%s, %s: a step's time is taken for a person: %s", trade, name, found)
				}
			}
			if got := strings.Contains(text(tree["roles/index.html"]), "What you may decide alone"); got != (edition == page.Staff) {
				t.Errorf("%s: the limits are in the %v edition: %t", trade, edition, got)
			}
		}
	}
}

// TestFacts holds that every number to decide is on a page, and has a value.
func TestFacts(t *testing.T) {
	for trade := range own {
		var facts string
		var pages strings.Builder
		for _, f := range starter(t, trade) {
			if f.Path == "_data/facts.yaml" {
				facts = string(f.Data)
				continue
			}
			pages.Write(f.Data)
			if strings.Contains(string(f.Data), "%{make-good}") && f.Path != "roles.md" {
				t.Errorf("%s: %s tells customers how much anybody may give", trade, f.Path)
			}
		}
		names := regexp.MustCompile(`(?m)^[a-z-]+:$`).FindAllString(facts, -1)
		if len(names) < 2 || strings.Count(facts, "\n  default: ") != len(names) || strings.Count(facts, "\n  label: ") != len(names) {
			t.Errorf("%s: %d facts\n%s", trade, len(names), facts)
		}
		for _, name := range names {
			if !strings.Contains(pages.String(), "%{"+strings.TrimSuffix(name, ":")+"}") {
				t.Errorf("%s: no page has %s", trade, name)
			}
		}
	}
}

// TestTemplates holds what answers ask of every template: none may begin a
// line, an item or a heading.
func TestTemplates(t *testing.T) {
	bad := regexp.MustCompile(`(?m)^(#.*|[ >*+-]*|[ 0-9.]*)\{\{\.(Name|Trade|Contact|Complaints)`)
	all := 0
	err := filepath.WalkDir("starter", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if found := bad.Find(data); found != nil {
			t.Errorf("%s: %q", name, found)
		}
		all++
		return err
	})
	if err != nil || all < 50 {
		t.Error(all, err)
	}
}

// TestNoNames holds that nobody of the sample site has wandered into a starter.
func TestNoNames(t *testing.T) {
	var names []string
	for file, where := range map[string]*regexp.Regexp{
		"_data/authors.yaml":       regexp.MustCompile(`(?m)^[^:#\n]+`),
		"_profiles/bakehouse.yaml": regexp.MustCompile(`(?m)^(?:business-name|owner-name|complaints-person|email): (.*)$`),
		"_profiles/garage.yaml":    regexp.MustCompile(`(?m)^(?:business-name|owner-name|complaints-person|email): (.*)$`),
	} {
		data, err := os.ReadFile("../../content/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range where.FindAllStringSubmatch(string(data), -1) {
			names = append(names, regexp.MustCompile(`\p{Lu}\p{L}+`).FindAllString(found[len(found)-1], -1)...)
		}
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == "Street" || n == "Garage" })
	if !slices.Contains(names, "Whitfield") || !slices.Contains(names, "Noor") || !slices.Contains(names, "Bakehouse") || !slices.Contains(names, "Tomasz") {
		t.Fatal(names)
	}
	anybody := regexp.MustCompile(`\b(` + strings.Join(names, "|") + `)\b`)
	for trade := range own {
		for _, f := range starter(t, trade) {
			if found := anybody.Find(f.Data); found != nil {
				t.Errorf("%s, %s: %s", trade, f.Path, found)
			}
		}
	}
}
