package browser

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"peppermill/internal/build"
)

// payloads are what an attacker would type: this room's table, and that of the
// Markdown room, whose own test reads the tree where this one runs it.
func payloads(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, name := range []string{"testdata/xss.txt", "../markdown/testdata/xss.txt"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Split(strings.TrimSpace(string(data)), "\n")...)
	}
	for i, p := range all {
		all[i] = strings.NewReplacer("alert(", "__xss(", `\t`, "\t", `\x01`, "").Replace(p)
	}
	if len(all) < 120 {
		t.Fatalf("only %d payloads", len(all))
	}
	return all
}

// sinks are the places of a body: each makes a page that holds every payload
// in the place of X.
var sinks = []string{
	"X", "text X text", "## X", "## head {#X}", "## head {.X id=\"X\" title=\"X\" X=\"X\"}", "X\n===",
	"[X](/index.md)", "[a](X)", "[a](<X>)", "[a](/index.md \"X\")", "[a](/index.md 'X')", "[a][r]\n\n[r]: X \"X\"", "<X>",
	"![X](/p.svg)", "![a](X)", "![a](<X> \"X\")", "![a](/p.svg \"X\"){width=X class=X}", "![X](/p.mp4 \"X\"){width=X class=X}", "![X](https://youtu.be/X)", "[[X]]", "[[index|X]]", "![[p.svg|X]]",
	"`X`", "```X\nX\n```", "```js title=\"X\" {X}\nX\n```", "```html hl_lines=\"X\"\nX\n```", "    X",
	":::say X\nX\n:::", ":::say{.X #X}\nX\n:::", "::::tabs\n:::tab X\nX\n:::\n::::", ":::X\nX\n:::", ":::details X\nX\n:::", ":::cards\n- [X](/index.md) X\n:::",
	"!!! X \"X\"\n    X", "??? note \"X\"\n    X", "> [!X] X\n> X", "> [!NOTE]- X\n> X",
	"*[X]: X\n\nX", "a[^X]\n\n[^X]: X", "| X |\n|---|\n| X |", "- [ ] X", "term X\n: X", "%{X}", "para\n{X}", ":X:",
	"<kbd title=\"X\" X>X</kbd>", "<details X>\n<summary X>X</summary>\nX\n</details>", "<a id=\"X\">X</a>", "<!-- X -->", "~~X~~ **X** *X*{.X}",
}

// hostile is a site in which everything that can be written is a payload.
func hostile(all []string) fstest.MapFS {
	site := fstest.MapFS{}
	add := func(name, text string) { site[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644} }
	quoted := func(i int) string { // JSON's text is YAML's too
		data, _ := json.Marshal(all[i%len(all)])
		return string(data)
	}
	add("site.yaml", fmt.Sprintf("title: %s\ntagline: %s\nedit_url: %s\nbacklinks: yes\nlanguages:\n  ar: %s\nparams:\n  x: %s\ncomments: {state: open, mail: a@b.example, notice: %s}\n", quoted(0), quoted(1), quoted(2), quoted(3), quoted(4), quoted(5)))
	add("p.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	add("p.mp4", "no film")
	add("index.md", "# Home\n\n[TOC]\n")
	add("ar/index.md", "# Home\n")
	words, _ := os.ReadFile("../../themes/default/ui/en.yaml")
	var ui, people, facts strings.Builder
	n := 0
	for line := range strings.Lines(string(words)) {
		if key, _, ok := strings.Cut(line, ": "); ok && !strings.HasPrefix(line, "#") {
			fmt.Fprintf(&ui, "%s: %s\n", key, quoted(n*3))
			n++
		}
	}
	for i, sink := range sinks {
		var page strings.Builder
		fmt.Fprintf(&page, "---\ntitle: Sink %d\n---\n[TOC]\n\n", i)
		for _, p := range all {
			page.WriteString(strings.ReplaceAll(sink, "X", p) + "\n\n")
		}
		add(fmt.Sprintf("sinks/%d.md", i), page.String())
	}
	for i := range all {
		q := quoted(i)
		add(fmt.Sprintf("pages/%d.md", i), fmt.Sprintf("---\ntitle: %s\nlink_title: %s\ndescription: %s\ntags: [%s]\nauthors: [%s]\nseries: %s\nowner: %s\nversion: %s\ntype: policy\nlang: %s\nimage: %s\ndate: 2025-01-01\napprover: %s\neffective: 2025-01-01\ndepartment: %s\njurisdiction: %s\nreview_every: %s\nsupersedes: %s\ncomment_url: %s\n---\n[[%d]] %%{fact%d}\n\n## %s\n",
			q, q, q, q, q, q, q, q, q, q, q, q, q, q, fmt.Sprintf("%d.md", (i+1)%len(all)), q, (i+1)%len(all), i, all[i]))
		add(fmt.Sprintf("_data/comments/answered/%d.yaml", i), fmt.Sprintf("- author: %s\n  date: 2025-01-01\n  text: %s\n  replies:\n    - {author: %s, text: %s}\n", q, q, q, q))
		add(fmt.Sprintf("answered/%d.md", i), fmt.Sprintf("---\ntitle: %s\ntype: role\nstatus: superseded\nsuperseded_by: ../pages/%d.md\n---\ntext\n", q, i))
		fmt.Fprintf(&people, "%s: {name: %s, description: %s, url: %s}\n", q, q, q, q)
		fmt.Fprintf(&facts, "fact%d: {label: %s, value: %s, help: %s}\n", i, q, q, q)
		// Payloads that can be file names are.
		if name := fmt.Sprintf("files/%d %s", i, all[i]); fs.ValidPath(name) && !strings.ContainsAny(all[i], "/\\\x00\t:") && strings.TrimRight(all[i], " .") == all[i] {
			add(name+".md", "Named so.")
			add(name+".svg", "<svg/>")
		}
	}
	add("_data/ui/en.yaml", ui.String())
	add("_data/authors.yaml", people.String())
	add("_data/facts.yaml", facts.String())
	return site
}

// TestXSS opens the hostile site without any policy to help: nothing runs,
// nothing leads away, nothing in a page could.
func TestXSS(t *testing.T) {
	t.Parallel()
	_, err := started()
	need(t, err)
	all := payloads(t)
	site, err := write(t.TempDir(), hostile(all), build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	seen := map[string]int{}
	for _, page := range site.pages {
		// Lists of one tag and the like are many and alike: every tenth. Of pages
		// with one payload each, whose words are in all sinks too, every sixth.
		folder, _, _ := strings.Cut(page, "/")
		if seen[folder]++; folder == "sinks" || (folder == "pages" || folder == "answered") && (thorough() || seen[folder]%6 == 1) || seen[folder]%10 == 1 {
			pages = append(pages, page)
		}
	}
	if seen["sinks"] < len(sinks) || seen["pages"] < len(all) || seen["answered"] < len(all) || seen["files"] < 20 || seen["tags"] < 20 {
		t.Fatalf("pages that were made: %v", seen)
	}
	if ran := attack(t, site.dir, pages); len(ran) > 0 {
		t.Errorf("%s", strings.Join(ran, "\n"))
	}
}

// TestXSSBites holds the trap to account: where a site allows raw HTML, the
// same payloads do run, and the test sees it.
func TestXSSBites(t *testing.T) {
	t.Parallel()
	_, err := started()
	need(t, err)
	content := fstest.MapFS{"site.yaml": {Data: []byte("raw_html: on\n")}, "index.md": {Data: []byte("# Home\n")}}
	all := payloads(t)[:43] // this room's, which are the short ones
	for i, p := range all {
		content[fmt.Sprintf("p%d.md", i)] = &fstest.MapFile{Data: []byte("text " + p + "\n")}
	}
	site, err := write(t.TempDir(), content, build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ran := attack(t, site.dir, site.pages)
	for _, want := range []string{"__xss", "evil.example", "an attribute onerror", "a javascript: address", "a base element", "a style element"} {
		if !slices.ContainsFunc(ran, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%q was not noticed in\n%s", want, strings.Join(ran, "\n"))
		}
	}
}

// frames loads pages many at once, each in a frame, and looks at each for what
// could run: code in attributes, scripts and addresses, and whatever loads by
// itself from elsewhere.
const frames = `Promise.all(%s.map(page => new Promise(done => {
	const frame = document.createElement("iframe");
	frame.hidden = true; // scripts run all the same, and nothing is painted
	frame.onload = () => {
		const wrong = [], doc = frame.contentDocument;
		if (!doc) wrong.push("the page went elsewhere");
		else for (const e of doc.querySelectorAll("*")) {
			for (const {name, value} of e.attributes) {
				if (name.startsWith("on") || name === "style" || name === "srcdoc") wrong.push("an attribute " + name + ": " + value);
				if (!/^(href|src|action|formaction|data|poster|background|xlink:href|content|srcset)$/.test(name)) continue;
				let at = /^[\s\0-\x1f]*(javascript|data|vbscript|blob|file):/i.exec(value.replace(/[\t\n\r]/g, ""));
				if (at && name !== "content") wrong.push("a " + at[1].toLowerCase() + ": address: " + e.outerHTML);
				if (name === "href" && /^[\s]*[\\/]{2}/.test(value)) wrong.push("an address without a scheme: " + e.outerHTML);
			}
			if (e.matches("iframe, object, embed, base, style, meta[http-equiv]")) wrong.push("a " + e.localName + " element");
			if (e.matches("script:not([type='application/ld+json'], [type='application/json'])") && !(e.textContent === "" && new URL(e.src).pathname.startsWith("/assets/"))) wrong.push("a script: " + e.outerHTML);
		}
		frame.remove();
		done(wrong.slice(0, 5).map(w => page + ": " + w.slice(0, 300)));
	};
	frame.src = page;
	document.body.append(frame);
}))).then(all => all.flat())`

// attack opens pages and returns what ran or could have.
func attack(t *testing.T, dir string, pages []string) []string {
	t.Helper()
	const hook = `window.__xss = (...a) => { try { __ran(location.href) } catch { console.error("__xss") } };`
	tab := newTab(t)
	tab.call("Runtime.addBinding", dict{"name": "__ran"}, nil)
	tab.call("Page.addScriptToEvaluateOnNewDocument", dict{"source": hook}, nil)
	if err := os.WriteFile(filepath.Join(dir, "frames.html"), []byte("<!DOCTYPE html><title>Frames</title><body>"), 0o644); err != nil {
		t.Fatal(err)
	}
	base := serve(t, dir, "", "")
	tab.open(base + "frames.html")
	from := tab.now()
	var ran []string
	for batch := range slices.Chunk(pages, 16) {
		var addresses []string
		for _, page := range batch {
			addresses = append(addresses, (&url.URL{Path: "/" + page}).String())
		}
		list, _ := json.Marshal(addresses)
		var wrong []string
		tab.eval(fmt.Sprintf(frames, list), &wrong)
		ran = append(ran, wrong...)
	}
	tab.settle()
	events, _ := tab.since(from)
	for _, m := range events {
		if wrong := harm(m, base); wrong != "" {
			ran = append(ran, wrong)
		}
	}
	slices.Sort(ran)
	return slices.Compact(ran)
}

// harm says whether an event is one that only a payload could have caused.
func harm(m message, base string) string {
	var p struct {
		Name, Payload, Message, URL string
		Frame                       struct{ URL string }
		Request                     struct{ URL string }
		Args                        []struct{ Value any }
	}
	json.Unmarshal(m.Params, &p)
	switch {
	case m.Method == "Runtime.bindingCalled":
		return "__xss ran in " + p.Payload
	case m.Method == "Runtime.consoleAPICalled" && len(p.Args) > 0 && p.Args[0].Value == "__xss":
		return "__xss ran in a page of its own"
	case m.Method == "Page.javascriptDialogOpening":
		return "a dialog: " + p.Message
	case m.Method == "Network.requestWillBeSent" && !strings.HasPrefix(p.Request.URL, base):
		return "a request to " + p.Request.URL
	case m.Method == "Page.frameNavigated" && p.Frame.URL != "about:blank" && !strings.HasPrefix(p.Frame.URL, base):
		return "a page became " + p.Frame.URL
	case m.Method == "Page.frameRequestedNavigation" && !strings.HasPrefix(p.URL, base):
		return "a page asked for " + p.URL
	}
	return ""
}
