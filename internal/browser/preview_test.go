package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	window "peppermill/internal/serve"
)

// preview is an open preview: a tab, the address it looks at, and a way to
// save content (nil removes a file). The stories writing, mending and removing
// are told with these alone, so that they can be told of any preview of counter.
type preview struct {
	*tab
	base string // ends in a slash
	save func(path string, data []byte)
}

func (p *preview) write(path, text string) { p.save(path, []byte(text)) }
func (p *preview) remove(path string)      { p.save(path, nil) }

// asked counts the requests since an event, by what they are for: "Document",
// "Fetch", …, of addresses that contain part.
func (t *tab) asked(from int, kind, part string) int {
	events, _ := t.since(from)
	n := 0
	for _, m := range events {
		var e struct {
			Type    string
			Request struct{ URL string }
		}
		if json.Unmarshal(m.Params, &e); m.Method == "Network.requestWillBeSent" && e.Type == kind && strings.Contains(e.Request.URL, part) {
			n++
		}
	}
	return n
}

// What the stories look at.
const (
	overlay  = `document.querySelector("peppermill-preview").shadowRoot.querySelector("dialog")`
	bar      = `document.querySelector("peppermill-preview").shadowRoot.querySelector("aside")`
	ready    = bar + `.querySelector(".items > *")`
	text     = `document.querySelector("main").innerText`
	sameLoad = `window.__here === true`
)

// start opens a page and marks this load of it.
func (p *preview) start(page string) {
	p.Helper()
	p.open(p.base + page)
	p.until(ready)
	p.eval(`window.__here = true`, nil)
}

// studio serves a preview of content in memory: the real build, and after it
// whatever a test wants to have happened.
type studio struct {
	*testing.T
	server  atomic.Pointer[window.Server]
	http    *httptest.Server
	options window.Options
	files   fstest.MapFS
	builder build.Builder
	now     time.Time
	extra   func(*window.Build) // changes each build before it is shown
}

// photo is a PNG of a width.
func photo(width int) []byte {
	var b bytes.Buffer
	png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 10)))
	return b.Bytes()
}

const long = `# Late deliveries

FIRST

![A photo](p.png)

<input id="who" value="nobody"> <input id="free" value="before"> <textarea id="said"></textarea> <input type="checkbox" id="done">
<select id="pick"><option>a</option><option>b</option></select>

??? note "More"
    Folded.

<dialog id="box"><p>Boxed.</p><button>Fine</button></dialog>

::::tabs
:::tab One
In one.
:::
:::tab Two
In two.
:::
::::

` + "```\ncopied\n```\n\n"

// counter is the content that the stories begin with.
func counter() fstest.MapFS {
	return fstest.MapFS{
		"site.yaml":     {Data: []byte("title: The Counter\nraw_html: on\n")},
		"index.md":      {Data: []byte("# Home\n\n[Late](rules/late.md)\n")},
		"rules/late.md": {Data: []byte(lateWith("A late parcel is our fault."))},
		"rules/soon.md": {Data: []byte("# Soon\n\nSoon is not late.\n")},
		"rules/p.png":   {Data: photo(20)},
	}
}

// newStudio shows the counter.
func newStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{T: t, files: counter(), now: time.Unix(1e9, 0).UTC()}
	s.http = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.server.Load().Handler().ServeHTTP(w, r) }))
	t.Cleanup(s.http.Close)
	// A stream ends with its page, and that with the tab.
	t.Cleanup(s.http.CloseClientConnections)
	s.options = window.Options{
		Port: s.http.Listener.Addr().(*net.TCPAddr).Port, Instance: "first",
		Editor: "vscode://file/{path}:{line}:{column}", Absolute: func(path string) string { return "/home/shop/" + path },
	}
	s.server.Store(window.New(s.options))
	s.show()
	return s
}

func lateWith(first string) string {
	return strings.Replace(long, "FIRST", first, 1) + strings.Repeat("## A part\n\nOne line after another.\n\n", 40)
}

// save changes content and shows it, as the loop around a real preview does.
func (s *studio) save(path string, data []byte) {
	if data == nil {
		delete(s.files, path)
	} else {
		s.files[path] = &fstest.MapFile{Data: data}
	}
	s.show(path)
}

func (s *studio) show(changed ...string) {
	s.Helper()
	r, err := s.builder.Run(context.Background(), build.Input{Content: s.files, Options: build.Options{Now: s.now}})
	if err != nil {
		s.Fatal(err)
	}
	b := window.Build{Tree: r.Tree, Pages: map[string]window.Page{}, Parsed: r.Stats.Parsed, Took: 23 * time.Millisecond}
	for _, p := range r.Site.Pages {
		facts := window.Page{Title: p.Title, Marks: p.Marks}
		if p.Source != nil {
			facts.Source = "content/" + p.Source.Path
		}
		b.Pages[p.Address] = facts
	}
	for _, w := range r.Site.Withheld {
		if w.Reason == "broken" {
			b.Broken = append(b.Broken, "content/"+w.Page.Path)
		}
	}
	b.Findings = slices.Clone(r.Diags)
	for i := range b.Findings {
		b.Findings[i].Pos.Path = "content/" + b.Findings[i].Pos.Path
	}
	for _, c := range changed {
		b.Changed = append(b.Changed, "content/"+c)
		b.Assets = b.Assets || path.Ext(c) != ".md"
	}
	if s.extra != nil {
		s.extra(&b)
	}
	s.server.Load().Show(b)
}

// restart is another process at the same address.
func (s *studio) restart(instance string) {
	s.options.Instance = instance
	s.server.Store(window.New(s.options))
	s.builder = build.Builder{}
	s.show()
	s.http.CloseClientConnections()
}

// TestPreview tells what happens in a browser while somebody writes.
func TestPreview(t *testing.T) {
	t.Parallel()
	tab := newTab(t)
	tab.show(screen{width: 1000, scheme: "light"})
	s := newStudio(t)
	p := &preview{tab, s.http.URL + "/", s.save}
	for _, part := range []struct {
		name  string
		run   func(*preview, *studio)
		noise string // what it makes on purpose, beside a page that is gone
	}{
		{"writing", func(p *preview, _ *studio) { writing(p) }, ""},
		{"long page", func(p *preview, _ *studio) { longPage(p) }, ""},
		{"mending", func(p *preview, _ *studio) { mending(p) }, ""},
		{"removing", func(p *preview, _ *studio) { removing(p) }, "404"},
		{"findings", findings, ""},
		{"pictures", pictures, ""},
		{"blanks", answering, ""},
		{"styles", styles, ""},
		{"scripts", scripts, ""},
		{"hidden", hidden, "404"},
		{"idle", idle, ""},
		{"restart", restart, "ERR_"},
		{"early", early, "503"},
		{"folding", folding, ""},
		{"hostile words", hostileWords, ""},
		{"axe", axePreview, "style"}, // of its own
	} {
		t.Run(part.name, func(t *testing.T) {
			from, before := tab.now(), maps.Clone(s.files)
			tab.T, s.T = t, t
			part.run(p, s)
			events, _ := tab.since(from)
			for _, wrong := range noise(events, p.base) {
				if part.noise == "" || !strings.Contains(wrong, part.noise) {
					t.Error(wrong)
				}
			}
			// Gone before the next begins, so that no page of this one loads then.
			tab.open("about:blank")
			s.files, s.extra = before, nil
			s.show()
		})
	}
}

// writing edits the page that is looked at. Its file is rules/late.md, with the
// text of lateWith.
func writing(p *preview) {
	p.start("rules/late/")
	p.eval(`document.querySelector(".prose details").open = true;
		document.querySelectorAll("[role=tab]")[1].click();
		who.value = "Sam Weller"; said.value = "so"; done.checked = true; pick.selectedIndex = 1;
		scrollTo(0, 300); box.show(); who.focus({preventScroll: true}); who.setSelectionRange(2, 5);
		window.__field = who; window.__code = document.querySelector("pre");`, nil)
	p.settle()
	p.eval(`window.__y = scrollY`, nil)
	p.write("rules/late.md", lateWith("A late parcel is <em>always</em> our fault."))
	p.until(text + `.includes("is always our fault")`)
	p.is(sameLoad, `scrollY === window.__y && scrollY > 200`, `document.querySelector(".prose details").open`, `box.open`,
		`document.querySelectorAll("[role=tab]")[1].ariaSelected === "true"`, `document.querySelectorAll("[role=tab]").length === 2`,
		text+`.includes("In two.")`, `!`+text+`.includes("In one.")`,
		`document.activeElement === who && who === window.__field`, `who.value === "Sam Weller" && who.selectionStart === 2 && who.selectionEnd === 5`,
		`said.value === "so" && done.checked && pick.value === "b"`,
		`document.querySelector("pre") === window.__code`, `document.querySelectorAll(".copy-frame > .copy").length === 1`)
	p.until(bar + `.innerText.includes("late.md changed")`) // which is said once the page is there

	// What comes with an edit works, and what was there works once.
	p.write("rules/late.md", strings.Replace(lateWith("Again."), "::::tabs", "::::tabs\n:::tab Zero\nIn zero.\n:::\n::::\n\n::::tabs\n:::tab Three\nIn three.\n:::\n:::tab Four\nIn four.\n:::\n::::\n\n::::tabs", 1))
	p.until(`document.querySelectorAll(".tab-list").length === 2`)
	p.eval(`document.querySelectorAll("[role=tab]")[1].click()`, nil)
	p.is(text+`.includes("In four.")`, `document.querySelectorAll("[role=tab]").length === 4`, `document.querySelectorAll(".copy").length === 1`)
	p.eval(`box.close(); box.showModal()`, nil)
	p.write("rules/late.md", strings.NewReplacer(`"nobody"`, `"somebody"`, `"before"`, `"after"`).Replace(lateWith("And again.")))
	p.until(text + `.includes("And again.")`)
	p.is(sameLoad, `box.open && box.matches(":modal")`, `who.value === "Sam Weller" && free.value === "after"`)
}

// longPage edits a page whose parts are too many to compare each with each.
func longPage(p *preview) {
	rest := strings.Repeat("## A part\n\nOne line after another.\n\n", 300)
	p.write("rules/late.md", lateWith("Long.")+rest)
	p.start("rules/late/")
	p.eval(`document.querySelector(".prose details").open = true; window.__last = document.querySelector(".prose").lastElementChild`, nil)
	p.write("rules/late.md", lateWith("Longer.\n\nAnd in two.")+rest)
	p.until(`document.querySelectorAll(".prose p")[1].textContent === "And in two."`)
	p.is(sameLoad, `document.querySelector(".prose details").open`, `window.__last.isConnected`)
	p.write("rules/late.md", lateWith("One.")+rest+"The end.\n\n- really\n")
	p.until(`document.querySelector(".prose p").textContent === "One." && document.querySelector(".prose").lastElementChild.textContent.includes("really")`)
	p.is(sameLoad)
}

// mending breaks a page's front matter and mends it.
func mending(p *preview) {
	p.start("rules/late/")
	p.eval(`who.focus()`, nil)
	p.write("rules/late.md", "---\ntitle: [Late\n---\nBroken.\n")
	p.until(overlay + `.open`)
	p.is(overlay+`.innerText.includes("content/rules/late.md:2:")`, overlay+`.querySelector("mark")`, overlay+`.querySelector(".hint")`,
		text+`.includes("our fault")`, bar+`.innerText.includes("last good version")`, sameLoad)
	p.write("rules/late.md", lateWith("Mended."))
	p.until(`!` + overlay + `.open && ` + text + `.includes("Mended.")`)
	p.is(sameLoad, `document.activeElement === who`)
}

// removing takes the page away that is looked at, and brings it back.
func removing(p *preview) {
	p.start("rules/soon/")
	p.remove("rules/soon.md")
	p.until(`!window.__here && !document.body.innerText.includes("Soon is not late.")`)
	p.is(`performance.getEntriesByType("navigation")[0].responseStatus === 404`)
	p.eval(`window.__gone = true`, nil)
	p.until(ready)
	p.write("index.md", "# Home\n\nChanged.\n")
	p.until(bar + `.innerText.includes("index.md")`)
	p.is(`window.__gone`)
	p.write("rules/soon.md", "# Soon\n\nSoon is back.\n")
	p.until(`!window.__gone && ` + text + `.includes("Soon is back.")`)
}

// two are findings that nothing but a test would make at once.
func two(b *window.Build) {
	b.Findings = diag.List{
		{Rule: "link-missing", Class: diag.Fix, Pos: diag.Pos{Path: "content/rules/late.md", Line: 3, Column: 7}, Width: 5, Message: "there is no page soone.md", Hint: "Did you mean soon.md?", Excerpt: "Ask 👩‍🍳 later."},
		{Rule: "settings-value", Class: diag.Stop, Pos: diag.Pos{Path: "content/site.yaml", Line: 1, Column: 1}, Message: "the title is empty", Excerpt: "title:"},
		{Rule: "h1-more", Class: diag.Tip, Pos: diag.Pos{Path: "content/rules/late.md", Line: 9}, Message: "one title is enough"},
		{Rule: "link-missing", Class: diag.Fix, Pos: diag.Pos{Path: "content/rules/soon.md", Line: 2}, Message: "elsewhere"},
	}
}

// findings looks at the overlay: what it says, how it goes and comes.
func findings(p *preview, s *studio) {
	p.start("rules/late/")
	p.eval(`who.focus({preventScroll: true})`, nil)
	s.extra = two
	s.show()
	p.until(overlay + `.open`)
	p.is(overlay+`.querySelectorAll("li").length === 2`,
		overlay+`.innerText.includes("content/rules/late.md:3:7") && `+overlay+`.innerText.includes("content/site.yaml:1:1")`,
		overlay+`.innerText.includes("there is no page soone.md") && `+overlay+`.innerText.includes("Did you mean soon.md?") && `+overlay+`.innerText.includes("link-missing")`,
		overlay+`.querySelectorAll("li a")[0].href === "vscode://file/home/shop/content/rules/late.md:3:7"`,
		// The woman who cooks is three characters, and the mark begins after her.
		`[...`+overlay+`.querySelector("mark").textContent].length === 5`,
		`document.querySelector("peppermill-preview").shadowRoot.activeElement.matches("dialog")`)
	p.press("Escape")
	p.until(`!` + overlay + `.open`)
	p.is(`document.activeElement === who`)

	// Put away, it stays so while nothing else is wrong, on other pages and on
	// this one loaded again.
	s.extra = func(b *window.Build) { two(b); b.Findings[0].Pos.Line++; b.Took = 77 * time.Millisecond; b.Parsed = 1 }
	s.show()
	p.until(bar + `.innerText.includes("77 ms")`)
	p.is(`!`+overlay+`.open`, bar+`.innerText.includes("1 thing to mend") && `+bar+`.innerText.includes("2 elsewhere")`)
	p.start("rules/late/")
	p.is(`!` + overlay + `.open`)

	// Asked for, all are listed.
	p.eval(`[...`+bar+`.querySelectorAll("button")].find(b => b.textContent.includes("elsewhere")).click()`, nil)
	p.until(overlay + `.open && ` + overlay + `.querySelectorAll("li").length === 4`)
	p.eval(overlay+`.querySelector("button").click()`, nil)
	p.is(`!` + overlay + `.open`)

	s.extra = func(b *window.Build) { two(b); b.Findings[0].Message = "something else" }
	s.show()
	p.until(overlay + `.open && ` + overlay + `.innerText.includes("something else")`)
	s.extra = nil
	s.show()
	p.until(`!` + overlay + `.open`)
	p.is(sameLoad)
}

// pictures changes an image whose address stays.
func pictures(p *preview, _ *studio) {
	p.start("rules/late/")
	p.until(`document.querySelector("main img").naturalWidth === 20`)
	p.save("rules/p.png", photo(31))
	p.until(`document.querySelector("main img").naturalWidth === 31`)
	// It is not asked for again with every edit of the text, and does not blink.
	from := p.now()
	p.write("rules/late.md", lateWith("Another text."))
	p.until(text + `.includes("Another text.")`)
	p.is(sameLoad, `document.querySelector("main img").complete && document.querySelector("main img").naturalWidth === 31`)
	if n := p.asked(from, "Image", "p.png"); n > 0 {
		p.Errorf("an image that has not changed is loaded %d times", n)
	}
}

// paint is the background of the page as it is painted.
const paint = `getComputedStyle(document.documentElement).backgroundColor`

// styles changes the theme's sheet, whose name is of its bytes, and one of a
// site's own, whose name stays.
func styles(p *preview, _ *studio) {
	p.write("own.css", "body { border-left: 3px solid red }")
	p.write("_theme/layouts/partials/head.html", `<link rel="stylesheet" href="{{.Root}}own.css">`)
	p.start("rules/late/")
	p.until(`getComputedStyle(document.body).borderLeftWidth === "3px"`)
	p.write("_theme/custom.css", "html { background: rgb(1, 2, 3) }")
	p.until(paint + ` === "rgb(1, 2, 3)"`)
	p.write("own.css", "body { border-left: 7px solid red }")
	p.until(`getComputedStyle(document.body).borderLeftWidth === "7px"`)
	p.until(`document.querySelectorAll("head link[rel=stylesheet]").length === 2`)
	p.is(sameLoad)
}

// scripts has a page with a script that knows nothing of patches.
func scripts(p *preview, _ *studio) {
	p.write("own.js", `document.querySelector("h1").textContent += "!"`)
	p.start("rules/late/")
	p.write("_theme/layouts/partials/head.html", `<script src="{{.Root}}own.js" defer></script>`)
	p.until(`!window.__here && document.querySelector("h1").textContent.endsWith("!")`)
	p.until(ready)
	p.eval(`window.__here = true; scrollTo(0, 200)`, nil)
	p.write("rules/late.md", lateWith("By a loading."))
	p.until(`!window.__here && ` + text + `.includes("By a loading.")`)
	p.until(`scrollY === 200 && document.querySelector("h1").textContent.endsWith("s!")`)
}

// cover makes the page believe that it is not, or is, looked at.
func (p *preview) cover(state string) {
	p.eval(`Object.defineProperty(document, "visibilityState", {configurable: true, get: () => "`+state+`"});
		document.dispatchEvent(new Event("visibilitychange"))`, nil)
}

// hidden is a page in a tab behind another one.
func hidden(p *preview, s *studio) {
	p.start("rules/late/")
	p.cover("hidden")
	from := p.now()
	p.write("rules/late.md", lateWith("While away."))
	p.save("rules/p.png", photo(44))
	s.show()
	// A request of its own gives anything that is under way the time to come.
	p.eval(`fetch("/own", {method: "HEAD"}).then(() => fetch("/own?again", {method: "HEAD"}))`, nil)
	p.settle()
	if n := p.asked(from, "Fetch", "rules") + p.asked(from, "Fetch", "_peppermill") + p.asked(from, "EventSource", ""); n > 0 {
		p.Errorf("a hidden page asks %d times", n)
	}
	p.is(`!` + text + `.includes("While away.")`)
	p.cover("visible")
	p.until(text + `.includes("While away.") && document.querySelector("main img").naturalWidth === 44`)
	p.is(sameLoad)
	if n := p.asked(from, "Fetch", "/rules/late/"); n != 1 {
		p.Errorf("coming back asks for the page %d times", n)
	}
}

// answering fills in blanks while the page is edited.
func answering(p *preview, s *studio) {
	const page = "---\ntitle: At %{shop}\nblanks:\n  shop: your shop\n  town: your town\n---\nFIRST %{shop} in %{town}.\n"
	p.write("rules/gaps.md", page)
	p.start("rules/gaps/")
	p.eval(`document.querySelector(".fill-box").open = true`, nil)
	p.reply("shop", "Sam's")
	p.eval(`window.__field = document.activeElement`, nil)
	for _, word := range []string{"Second", "Third"} {
		p.write("rules/gaps.md", strings.Replace(page, "FIRST", word, 1))
		p.until(text + `.includes("` + word + ` Sam's in")`)
	}
	p.is(sameLoad, `document.activeElement === __field && __field.isConnected && __field.value === "Sam's"`, `document.querySelector(".fill-box").open`,
		`document.querySelector("h1").textContent === "At Sam's" && document.title.startsWith("At Sam's")`, count+` === "1 of 2"`)
	p.write("rules/gaps.md", strings.Replace(page, "FIRST %{shop}", "FIRST %{extra} %{shop}", 1))
	p.until(count + ` === "1 of 3"`)
	p.is(sameLoad, `__field.value === "Sam's"`)
	p.reply("extra", "More")
	p.is(text + `.includes("FIRST More Sam's in")`)
}

// idle shows builds in which nothing is new.
func idle(p *preview, s *studio) {
	p.start("rules/late/")
	from := p.now()
	for i := range 5 {
		s.extra = func(b *window.Build) { b.Took, b.Parsed = time.Duration(101+i)*time.Millisecond, 1 }
		s.show()
		p.until(bar + `.innerText.includes("` + fmt.Sprint(101+i) + ` ms")`)
	}
	if docs, pages := p.asked(from, "Document", ""), p.asked(from, "Fetch", "/rules/late/"); docs > 0 || pages > 5 {
		p.Errorf("five builds without news: %d loadings, %d questions for the page", docs, pages)
	}
	p.is(sameLoad)
}

// restart ends the server and begins another one, with other content and a
// number of builds that has been seen before.
func restart(p *preview, s *studio) {
	p.start("rules/late/")
	from := p.now()
	s.files["rules/late.md"] = &fstest.MapFile{Data: []byte(lateWith("After the restart."))}
	s.restart("second")
	p.until(text + `.includes("After the restart.")`)
	p.is(sameLoad)
	s.restart("third")
	s.extra = func(b *window.Build) { b.Took, b.Parsed = 55*time.Millisecond, 1 }
	s.show()
	p.until(bar + `.innerText.includes("55 ms")`)
	p.is(sameLoad)
	if docs := p.asked(from, "Document", ""); docs > 0 {
		p.Errorf("%d loadings", docs)
	}
	if pages := p.asked(from, "Fetch", "/rules/late/"); pages > 3 {
		p.Errorf("%d questions for the page", pages)
	}
}

// early looks at a page before there is a site.
func early(p *preview, s *studio) {
	s.options.Instance = "early"
	s.server.Store(window.New(s.options))
	p.open(p.base + "rules/late/")
	p.until(`document.body.innerText.includes("Building the site")`)
	s.show()
	p.until(text + `.includes("our fault")`)
	p.until(ready)
}

// folding folds the bar, which stays so on the next page.
func folding(p *preview, s *studio) {
	s.extra = func(b *window.Build) {
		b.Pages["rules/soon/index.html"] = window.Page{Source: "content/rules/soon.md", Title: "Soon", Marks: []string{"in-review"}}
	}
	s.show("rules/late.md")
	p.start("rules/soon/")
	p.until(bar + `.innerText.includes("in review")`)
	p.is(`[...`+bar+`.querySelectorAll("a")].some(a => a.pathname === "/rules/late/" && a.innerText.includes("Late deliveries"))`,
		bar+`.querySelector("[role=status]")`)
	p.eval(bar+`.querySelector("button").click()`, nil)
	p.start("rules/late/")
	p.is(bar + `.offsetWidth < 60`)
	p.eval(bar+`.querySelector("button").click()`, nil)
	p.is(bar + `.offsetWidth > 60`)
	p.tab.show(screen{width: 680, scheme: "light", media: "print"})
	p.is(`!` + bar + `.checkVisibility()`)
	p.tab.show(screen{width: 1000, scheme: "light"})
}

// hostileWords has a payload wherever a word of an author can come to.
func hostileWords(p *preview, s *studio) {
	from := p.now()
	p.call("Runtime.addBinding", dict{"name": "__ran"}, nil)
	all := append(payloads(p.T), "\u202eevil", "javascript:__xss(1)", strings.Repeat("<b>", 300))
	s.extra = func(b *window.Build) {
		b.Findings, b.Pages, b.Changed = nil, maps.Clone(b.Pages), []string{all[0]}
		for i, x := range all {
			b.Findings = append(b.Findings, diag.Diagnostic{Rule: x, Class: diag.Stop, Pos: diag.Pos{Path: x, Line: 1, Column: 1 + i%9}, Width: i % 40, Message: x, Hint: x, Excerpt: x})
		}
		b.Pages["rules/late/index.html"] = window.Page{Source: all[1], Title: all[2], Marks: all}
		b.Pages["rules/soon/index.html"] = window.Page{Source: all[0], Title: all[3]}
	}
	s.show()
	p.open(p.base + "rules/late/")
	p.eval(`window.__xss = () => __ran(location.href)`, nil)
	p.until(overlay + `.open && ` + overlay + `.querySelectorAll("li").length >= 50`)
	p.is(overlay+`.querySelectorAll("script, img, svg, iframe, b, [onerror], [onclick], [style]").length === 0`,
		`[...`+overlay+`.querySelectorAll("a")].every(a => a.protocol === "vscode:")`,
		bar+`.querySelectorAll("script, img, svg, iframe, b, [style]").length === 0`, bar+`.querySelectorAll(".mark").length > 50`)
	p.eval(overlay+`.close(); `+bar+`.querySelector("button.wrong").click()`, nil)
	p.until(overlay + `.open`)
	p.settle()
	events, _ := p.since(from)
	for _, m := range events {
		if wrong := harm(m, p.base); wrong != "" {
			p.Error(wrong)
		}
	}
}

// axePreview has axe look at the bar and the overlay.
func axePreview(p *preview, s *studio) {
	source, err := axe()
	need(p.T, err)
	p.start("rules/soon/")
	p.eval(source, nil)
	s.extra = func(b *window.Build) {
		two(b)
		b.Pages["rules/soon/index.html"] = window.Page{Source: "content/rules/soon.md", Title: "Soon", Marks: []string{"draft"}}
	}
	s.show("rules/late.md")
	p.until(overlay + `.open`)
	for _, open := range []bool{true, false} {
		if !open {
			p.press("Escape")
			p.until(`!` + overlay + `.open`)
		}
		for _, on := range []screen{{width: 320, scheme: "light"}, {width: 1280, scheme: "dark"}} {
			p.tab.show(on)
			p.settle()
			var found []fault
			p.eval(judge, &found)
			for _, f := range found {
				p.Errorf("%v, overlay open %v: %s %s", on, open, f.Rule, strings.Join(f.Where, "\n\t"))
			}
			p.is(`document.scrollingElement.scrollWidth <= innerWidth`)
		}
	}
}
