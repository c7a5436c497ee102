package search

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/site"
)

// shop is a small playbook whose pages are easy to tell apart.
var shop = map[string]string{
	"refunds.md":     "---\ntitle: Refunds\ntype: policy\n---\nWe give the money back within forty days. Ask for the receipt.\n",
	"returns.md":     "---\ntitle: Returning goods\ntype: policy\n---\nA refund follows when the parcel has arrived. The customer pays the postage.\n",
	"reviews.md":     "---\ntitle: Rude reviews\ntype: play\n---\nAnswer a review once, kindly, and offer the phone.\n\n## When it is about a refund\n\nSay what the policy is.\n",
	"phone.md":       "---\ntitle: On the phone\ntype: play\n---\nThe customer speaks first. Never say the word policy.\n",
	"opening.md":     "---\ntitle: Opening hours\n---\nOpen from nine to five.\n",
	"late-parcel.md": "---\ntitle: A late parcel\ntype: case-study\n---\nThe customer waited for the parcel. We sent another one and a voucher.\n",
	"gruesse.md":     "---\ntitle: Grüße und Anrede\n---\nDie Straße zum Kunden ist kurz.\n",
	"japan.md":       "---\ntitle: 返金ポリシー\n---\n返品は三十日以内。\n",
}

// asked puts queries to the engine and returns, for each, a line: the addresses
// in order, and behind bars what was said about the query.
func asked(t *testing.T, s *site.Site, queries []any) []string {
	t.Helper()
	texts := written(t, s)
	var got []string
	inNode(t, loading+`
		const out = [];
		for (const [query, options] of input.queries) {
			const r = await engine.search(query, options || {});
			const said = [
				...r.corrected.map((c) => c.from + ">" + c.to), ...r.synonyms.map((c) => c.from + "=" + c.to),
				...r.ignored.map((w) => "?" + w), ...(r.loose ? ["loose"] : []),
			];
			out.push([r.results.map((x) => x.address.replace("/", "")).join(" "), ...said].join(" | "));
		}
		return out;`, map[string]any{"texts": texts, "queries": queries}, &got)
	return got
}

// written is all files of a site's index, by name.
func written(t *testing.T, s *site.Site) map[string]string {
	t.Helper()
	var b Builder
	files := b.Index(s)
	texts := map[string]string{}
	for _, f := range files() {
		var w bytes.Buffer
		if _, err := f.Open().WriteTo(&w); err != nil {
			t.Fatal(err)
		}
		texts[f.name] = w.String()
	}
	return texts
}

// loading is the beginning of a task in node that has the engine read such files.
const loading = `
		const load = async (name) => {
			if (!(name in input.texts)) throw new Error("no file " + name);
			let held;
			new Function("peppermillIndex", input.texts[name])((_, value) => (held = value));
			return held;
		};
		const engine = m.createEngine({ load });`

// TestWhy holds that each word says where it was found, and what was typed for it.
func TestWhy(t *testing.T) {
	s := drawn(t, map[string]string{"a.md": "---\ntitle: Refund\ntags: [parcel]\n---\nThe money comes back.\n\n## Voucher\n\nNone."}, nil)
	var got []string
	inNode(t, loading+`
		const r = await engine.search("refnd parcel voucher money");
		const [text] = await engine.excerpts(r.results);
		return text.why.map((w) => [w.typed, w.as, w.word, w.field].join(" "));`, map[string]any{"texts": written(t, s)}, &got)
	want := "refnd typo refund title|parcel exact parcel tag|voucher exact voucher heading|money exact money body"
	if said := strings.Join(got, "|"); !strings.HasPrefix(said, want) {
		t.Errorf("got  %s\nwant %s", said, want)
	}
}

// TestRanking is a table of queries to the shop and what is found, best first.
func TestRanking(t *testing.T) {
	typing := map[string]any{"typing": true}
	cases := []struct {
		query   string
		options map[string]any
		want    string // begins with this
	}{
		{"refund", nil, "refunds"},    // in a title before a heading before a text
		{"refunding", nil, "refunds"}, // a form that no page has
		{"refnd policy", nil, "refunds returns reviews phone | refnd>refund"},        // repaired; and ORed
		{"policy", map[string]any{}, "refunds returns reviews phone"},                // said in the text; the type is a field too
		{"custmoer", nil, "returns late-parcel phone | custmoer>customer"},           // two neighbours swapped
		{"rude reviews about the phone", nil, "reviews phone"},                       // all words count, none is required
		{"zebra opening", nil, "opening | ?zebra"},                                   // a word that is nowhere
		{"zebra", nil, " | ?zebra"},                                                  // nothing
		{"", nil, ""},                                                                //
		{"\"...", nil, ""},                                                           // nothing but signs
		{"ope", typing, "opening"},                                                   // a beginning, while it is typed
		{"ope", nil, " | ?ope"},                                                      // but not after
		{"late par", typing, "late-parcel"},                                          // the last word alone
		{"\"the customer speaks\"", nil, "phone"},                                    // a phrase
		{"\"customer the phone\"", nil, "phone reviews returns late-parcel | loose"}, // one that stands nowhere
		{"parcel -voucher", nil, "returns"},                                          // without a word
		{"e-mail -", nil, " | ?e | ?mail"},                                           // signs that mean nothing
		{"refund", map[string]any{"filters": map[string]string{"type": "play"}}, "reviews"},
		{"gruesse GRÜSSE strasse", nil, "gruesse"}, // folded alike
		{"返金", nil, "japan"},
		{"40 days, cash back please", nil, "refunds"}, // synonyms of the owner's
		{"__proto__ constructor toString", nil, " | ?proto | ?constructor | ?tostring"},
	}
	s := drawn(t, shop, func(in *site.Input) {
		in.Config.Synonyms = map[string][]config.Synonym{"": {{From: "cash back", To: []string{"refund"}}}}
	})
	var queries []any
	for _, c := range cases {
		queries = append(queries, []any{c.query, c.options})
	}
	got := asked(t, s, queries)
	for i, c := range cases {
		if !strings.HasPrefix(got[i], c.want) || c.want == "" && got[i] != "" {
			t.Errorf("%q %v:\n got  %s\n want %s", c.query, c.options, got[i], c.want)
		}
	}
}

// scattered are pages whose dictionary takes many files.
func scattered() map[string]string {
	files := map[string]string{}
	for i := range 600 {
		var b strings.Builder
		for j := range 40 {
			fmt.Fprintf(&b, "%c%c%cword%d ", 'a'+(i+j)%26, 'a'+i*j%26, 'a'+(3*i+j)%26, j)
		}
		files[fmt.Sprintf("p%d.md", i)] = "# Page " + fmt.Sprint(i) + "\n\ncommon " + b.String()
	}
	return files
}

// TestShardedRanking holds that typos are mended, and beginnings completed,
// where the dictionary is in many files.
func TestShardedRanking(t *testing.T) {
	files := scattered()
	files["found.md"] = "# Courteous\n\nWe apologise for the inconvenience.\n"
	got := asked(t, drawn(t, files, nil), []any{
		[]any{"inconvenience", nil}, []any{"incnovenience", nil}, []any{"icnonvenience", nil}, []any{"inxonvenience", nil},
		[]any{"niconvenience", nil}, []any{"inconveniense", nil}, []any{"inconv", map[string]any{"typing": true}}, []any{"apologize", nil},
		[]any{"page -common", nil}, // on more pages than a shard lists
	})
	last := len(got) - 1
	if got[last] != "" {
		t.Errorf("pages with a word that was excluded: %s", got[last])
	}
	for i, line := range got[:last] {
		if !strings.HasPrefix(line, "found") {
			t.Errorf("query %d finds %q", i, line)
		}
	}
}

// TestRounds holds how many rounds of files, one waiting for the other, a first query
// takes: the root and the shards of all that it may need.
func TestRounds(t *testing.T) {
	files := scattered()
	files["apart/_index.md"] = "---\ntitle: Apart\nsearch: {apart: true}\n---\n"
	files["apart/found.md"] = "# Measures\n\nManagement allows counting, voucher, limit, zebras, quota and xylophones.\n"
	s := drawn(t, files, func(in *site.Input) {
		in.Config.Synonyms = map[string][]config.Synonym{"": {
			{From: "manager", To: []string{"voucher", "zebra"}}, {From: "allow counts", To: []string{"quota"}}, {From: "measured", To: []string{"xylophone", "limit"}},
		}}
	})
	queries := []any{
		[]any{"management", map[string]any{}}, []any{"management allows counting", map[string]any{"facets": true}},
		[]any{"measures page", map[string]any{"filters": map[string]string{"type": "policy"}}}, []any{"page meas", map[string]any{"typing": true}},
	}
	var got []struct {
		Rounds int
		Said   string
	}
	inNode(t, loading+`
		const out = [];
		for (const [query, options] of input.queries) {
			let rounds = 0;
			const engine = m.createEngine({ load: async (name) => {
				const round = rounds + 1;
				const held = await load(name);
				await new Promise((done) => setTimeout(done, 10));
				rounds = Math.max(rounds, round);
				return held;
			} });
			const r = await engine.search(query, options);
			out.push({ Rounds: rounds, Said: r.synonyms.map((s) => s.to).join(" ") });
		}
		return out;`, map[string]any{"texts": written(t, s), "queries": queries}, &got)
	for i, said := range []string{"voucher zebras", "quota voucher zebras", "xylophones limit", "xylophones limit"} {
		if got[i].Rounds != 2 || got[i].Said != said {
			t.Errorf("%v: %d rounds, also looks for %q; want 2 and %q", queries[i], got[i].Rounds, got[i].Said, said)
		}
	}
}
