package search

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inNode gives the browser's modules a task in node and returns the answer. The task is
// the body of an async function of "m", all their exports, and "input".
func inNode(t *testing.T, task string, input, answer any) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") != "true" {
		t.Skip("needs node (make browser gets it), which runs the browser's half of the search")
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	all := "import fs from 'node:fs';\nconst m = {};\n"
	files, err := filepath.Glob("../../themes/default/assets/js/search/*.js")
	if err != nil || len(files) == 0 {
		t.Fatalf("no modules found: %v", err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, filepath.Base(f)), string(data))
	}
	for _, name := range []string{"words", "codec", "typos", "query", "excerpts", "engine"} {
		all += "Object.assign(m, await import('./" + name + ".js'));\n"
	}
	put(t, filepath.Join(dir, "package.json"), `{"type":"module"}`)
	put(t, filepath.Join(dir, "task.mjs"), all+"const input = JSON.parse(fs.readFileSync(0, 'utf8'));\nconst out = await (async () => {"+task+"})();\nconsole.log(JSON.stringify(out));\n")
	in, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, filepath.Join(dir, "task.mjs"))
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, answer)
	}
	if err != nil {
		t.Fatalf("node: %v", err)
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWordsInTheBrowser(t *testing.T) {
	data, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"ſ'T 12' o’ll ½²ⁱ", "a b 　c", "𝒳 𐐀bc 🇩🇪 e\u0301\u0323 ﬃ ＇s x＇s"}
	for line := range strings.Lines(string(data)) {
		var text string
		if quoted, _, ok := strings.Cut(line, "\t"); ok && json.Unmarshal([]byte(quoted), &text) == nil {
			texts = append(texts, text)
		}
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	signs := []rune("aszßéÉœ'’-. 5½²返金ガターพ่อΣς́\u200bİﬁ")
	for range 500 {
		text := make([]rune, rnd.IntN(60))
		for i := range text {
			text[i] = signs[rnd.IntN(len(signs))]
		}
		texts = append(texts, string(text))
	}
	var got [][]string
	inNode(t, "return input.map(m.words)", texts, &got)
	for i, text := range texts {
		if want := Words(text); !slices.Equal(got[i], want) {
			t.Errorf("%q: the browser splits %q, Go %q", text, got[i], want)
		}
	}
}

// TestPlacesInTheBrowser holds that marks begin and end with words.
func TestPlacesInTheBrowser(t *testing.T) {
	texts := []string{"Don't refund the customer’s Café", "Grüße, 返金ポリシー 40 days", ""}
	var got [][][]string
	inNode(t, "return input.map((t) => m.places(t).map((p) => [t.slice(p.from, p.to), ...p.words]))", texts, &got)
	want := `[[["Don't","dont"],["refund","refund"],["the","the"],["customer’s","customers"],["Café","cafe"]],` +
		`[["Grüße","grusse"],["返金","返金"],["ポリ","ポリ"],["シー","シー"],["40","40"],["days","days"]],[]]`
	if out, _ := json.Marshal(got); string(out) != want {
		t.Errorf("got  %s\nwant %s", out, want)
	}
}

// TestCodecInTheBrowser holds that the browser reads what the other reader does.
func TestCodecInTheBrowser(t *testing.T) {
	for seed, pages := range []int{1, 70, 900} {
		s := drawn(t, randomSite(rand.New(rand.NewPCG(uint64(seed), 5)), pages), nil)
		ix := indexed(t, s)
		contents := map[string]string{}
		for name, data := range ix.files {
			if strings.HasPrefix(name, "d-") {
				contents[name] = base64.RawStdEncoding.EncodeToString(data)
			}
		}
		prefixes := map[string]string{}
		for _, p := range ix.root.Shards {
			prefixes["d-"+escape(p)] = p
		}
		type group struct {
			DF           int
			Docs, Levels []int
		}
		var got map[string]map[string][]group
		inNode(t, `const out = {};
			for (const [name, text] of Object.entries(input.files))
				out[name] = Object.fromEntries(m.shard(text, input.prefixes[name], input.root));
			return out;`, map[string]any{"files": contents, "prefixes": prefixes, "root": map[string]any{"first": ix.root.First, "slots": ix.root.Slots, "plain": ix.root.Plain}}, &got)
		for name := range contents {
			shard, err := readShardBytes(ix.files[name], prefixes[name], ix.root)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string][]group{}
			for i, w := range shard.words {
				g := group{DF: shard.groups[shard.of[i]].df}
				for _, p := range shard.groups[shard.of[i]].posts {
					g.Docs, g.Levels = append(g.Docs, p.number), append(g.Levels, p.level)
				}
				want[w] = append(want[w], g)
			}
			if fmt.Sprint(got[name]) != fmt.Sprint(want) {
				t.Fatalf("%d pages, %s: the browser reads another thing", pages, name)
			}
		}
	}
}

// TestDamagedFileInTheBrowser holds that no bytes keep the browser busy.
func TestDamagedFileInTheBrowser(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	ix := indexed(t, drawn(t, randomSite(rnd, 40), nil))
	var damaged []string
	for name, content := range ix.files {
		if !strings.HasPrefix(name, "d-") {
			continue
		}
		for range 100 {
			bad := slices.Clone(content)
			bad[rnd.IntN(min(len(bad), 20))] = byte(rnd.Uint32())
			bad[rnd.IntN(len(bad))] = byte(rnd.Uint32())
			damaged = append(damaged, base64.RawStdEncoding.EncodeToString(bad[:1+rnd.IntN(len(bad))]))
		}
	}
	var read int
	inNode(t, `let n = 0;
		for (const text of input) try { m.shard(text, "", { first: 1e9, slots: 64, plain: "" }); n++; } catch {}
		return n;`, damaged, &read)
}
