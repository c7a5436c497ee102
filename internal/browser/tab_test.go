package browser

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// dict is a command's parameters.
type dict map[string]any

// tab is one page in a browser context of its own: no cookies, storage or
// cache are shared with another test.
type tab struct {
	*testing.T
	b                        *chromium
	session, context, target string

	mu      sync.Mutex
	events  []message
	changed chan struct{} // closed at the next event
}

// newTab opens an empty tab that is closed at the end of the test.
func newTab(t *testing.T) *tab {
	t.Helper()
	b, err := started()
	need(t, err)
	tab := &tab{T: t, b: b, changed: make(chan struct{})}
	var made struct{ BrowserContextID, TargetID, SessionID string }
	tab.must(b.call("", "Target.createBrowserContext", nil, &made))
	tab.must(b.call("", "Target.createTarget", dict{"url": "about:blank", "browserContextId": made.BrowserContextID}, &made))
	tab.must(b.call("", "Target.attachToTarget", dict{"targetId": made.TargetID, "flatten": true}, &made))
	tab.session, tab.context, tab.target = made.SessionID, made.BrowserContextID, made.TargetID
	b.mu.Lock()
	b.tabs[tab.session] = tab
	b.mu.Unlock()
	t.Cleanup(func() {
		b.call("", "Target.disposeBrowserContext", dict{"browserContextId": tab.context}, nil)
		b.mu.Lock()
		delete(b.tabs, tab.session)
		b.mu.Unlock()
	})
	for _, domain := range []string{"Page", "Runtime", "Network", "Log", "Audits"} {
		tab.call(domain+".enable", nil, nil)
	}
	tab.call("Page.setLifecycleEventsEnabled", dict{"enabled": true}, nil)
	// Tabs of a headless browser compete for the focus; each is to behave as
	// the one in front.
	tab.call("Emulation.setFocusEmulationEnabled", dict{"enabled": true}, nil)
	return tab
}

func (t *tab) must(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (t *tab) call(method string, params, result any) {
	t.Helper()
	t.must(t.b.call(t.session, method, params, result))
}

// heard keeps an event. A dialog would hold up the page, so it is closed.
func (t *tab) heard(m message) {
	if m.Method == "Page.javascriptDialogOpening" {
		t.b.send(message{Session: t.session, Method: "Page.handleJavaScriptDialog", Params: json.RawMessage(`{"accept":true}`)})
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = append(t.events, m)
	close(t.changed)
	t.changed = make(chan struct{})
}

// since returns the events from the given one on, and a bell for the next.
func (t *tab) since(from int) ([]message, chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.events[from:len(t.events):len(t.events)], t.changed
}

func (t *tab) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.events)
}

// await waits for an event that has come, or will come, after the given one.
func (t *tab) await(from int, what string, is func(message) bool) {
	t.Helper()
	timeout := time.After(patience)
	for {
		events, changed := t.since(from)
		for _, m := range events {
			if is(m) {
				return
			}
		}
		select {
		case <-changed:
		case <-t.b.gone:
			t.Fatalf("the browser is gone while waiting for %s", what)
		case <-timeout:
			t.Fatalf("%s did not happen within %v", what, patience)
		}
	}
}

// open navigates and waits until the page, with all it needs, is loaded and
// painted. It returns the events of doing so.
func (t *tab) open(address string) []message {
	t.Helper()
	from := t.now()
	var going struct{ LoaderID, ErrorText string }
	t.call("Page.navigate", dict{"url": address}, &going)
	if going.ErrorText != "" {
		t.Fatalf("%s: %s", address, going.ErrorText)
	}
	t.await(from, "the loading of "+address, func(m message) bool { return loaded(m, going.LoaderID) })
	events, _ := t.since(from)
	return events
}

// loaded says whether the event is the end of a loading: of the given one, or
// of any when loader is empty.
func loaded(m message, loader string) bool {
	if m.Method != "Page.lifecycleEvent" {
		return false
	}
	var e struct{ Name, LoaderID string }
	json.Unmarshal(m.Params, &e)
	return e.Name == "load" && (loader == "" || e.LoaderID == loader)
}

// eval runs an expression in the page and unpacks its value. A promise is
// waited for.
func (t *tab) eval(expression string, into any) {
	t.Helper()
	var out struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	t.call("Runtime.evaluate", dict{"expression": expression, "awaitPromise": true, "returnByValue": true}, &out)
	if e := out.ExceptionDetails; e != nil {
		t.Fatalf("%.200s: %s %s", expression, e.Text, e.Exception.Description)
	}
	if into != nil {
		t.must(json.Unmarshal(out.Result.Value, into))
	}
}

// screen is what the page is shown on.
type screen struct {
	width  int
	scheme string // light or dark
	media  string // "" or print
	forced bool   // colours of the system instead of ours
}

func (t *tab) show(s screen) {
	t.Helper()
	t.call("Emulation.setDeviceMetricsOverride", dict{"width": s.width, "height": 800, "deviceScaleFactor": 1, "mobile": false}, nil)
	forced := "none"
	if s.forced {
		forced = "active"
	}
	t.call("Emulation.setEmulatedMedia", dict{"media": s.media, "features": []dict{
		{"name": "prefers-color-scheme", "value": s.scheme},
		{"name": "forced-colors", "value": forced},
		// What slides or fades is judged where it comes to rest.
		{"name": "prefers-reduced-motion", "value": "reduce"},
	}}, nil)
}

// press presses and releases a key, as a person does: a named one, or what is
// written on it. "Control+k" holds another meanwhile.
func (t *tab) press(key string) {
	t.Helper()
	codes := map[string]int{"Tab": 9, "Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "/": 191}
	modifiers := 0
	if rest, held := strings.CutPrefix(key, "Control+"); held {
		key, modifiers = rest, 2
	}
	text := map[string]string{"Enter": "\r"}[key]
	if utf8.RuneCountInString(key) == 1 && modifiers == 0 {
		text = key
	}
	stroke := dict{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": codes[key], "text": text, "modifiers": modifiers}
	t.call("Input.dispatchKeyEvent", stroke, nil)
	stroke["type"], stroke["text"] = "keyUp", ""
	t.call("Input.dispatchKeyEvent", stroke, nil)
}

// enter types a text where the focus is.
func (t *tab) enter(text string) {
	t.Helper()
	for _, c := range text {
		t.press(string(c))
	}
}

// until waits until an expression is true in the page, also over a loading.
func (t *tab) until(expression string) {
	t.Helper()
	const look = `new Promise(done => {
		const end = performance.now() + 2000;
		const look = () => { let yes = false; try { yes = !!(%s) } catch {} ; yes || performance.now() > end ? done(yes) : requestAnimationFrame(look) };
		look();
	})`
	for end := time.Now().Add(patience); ; {
		var out struct{ Result struct{ Value bool } }
		err := t.b.call(t.session, "Runtime.evaluate", dict{"expression": fmt.Sprintf(look, expression), "awaitPromise": true, "returnByValue": true}, &out)
		if err == nil && out.Result.Value {
			return
		}
		if time.Now().After(end) {
			var body string
			t.eval(`(document.querySelector("peppermill-preview")?.shadowRoot.innerHTML ?? "no preview") + "\n" + document.body.innerText`, &body)
			t.Fatalf("never true: %s (%v)\n%.2500s", expression, err, body)
		}
	}
}

// is fails where an expression is not true.
func (t *tab) is(expressions ...string) {
	t.Helper()
	for _, e := range expressions {
		var yes bool
		if t.eval("!!("+e+")", &yes); !yes {
			t.Errorf("not true: %s", e)
		}
	}
}
