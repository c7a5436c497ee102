package browser

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestQuiet opens every page in every way: no error on the console, nothing
// against the policy, nothing missing, and no request beyond the site's own
// folder.
func TestQuiet(t *testing.T) {
	for _, w := range ways(t, site(t)) {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.show(screen{width: 360, scheme: "light"})
			for _, page := range w.pages {
				for _, wrong := range noise(tab.visit(w, page), w.base) {
					t.Errorf("%s: %s", page, wrong)
				}
			}
		})
	}
}

// TestQuietHears holds the listener to what it must notice.
func TestQuietHears(t *testing.T) {
	t.Parallel()
	tab := newTab(t)
	base := serve(t, "testdata/noisy", "/sub", policy)
	from := tab.now()
	tab.open(base + "index.html")
	tab.await(from, "the refusal of the inline script", func(m message) bool {
		return m.Method == "Audits.issueAdded" && strings.Contains(string(m.Params), "kInlineViolation")
	})
	tab.settle()
	events, _ := tab.since(from)
	all := strings.Join(noise(events, base), "\n")
	for _, want := range []string{"kInlineViolation", "kURLViolation", "outside: ", "missing.png answers 404", "console error: loud", "exception: "} {
		if !strings.Contains(all, want) {
			t.Errorf("%q was not heard in\n%s", want, all)
		}
	}
}

// settle waits until what the page's scripts and styles began is done and
// painted.
func (t *tab) settle() {
	t.Helper()
	t.eval(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))`, nil)
}

// noise lists what a page should not have done, in the events of opening it.
func noise(events []message, base string) []string {
	var wrong []string
	for _, m := range events {
		if text := heard(m, base); text != "" {
			wrong = append(wrong, text)
		}
	}
	return wrong
}

func heard(m message, base string) string {
	var p struct {
		Type     string
		Args     []struct{ Value, Description any }
		Entry    struct{ Level, Source, Text, URL string }
		Issue    struct{ Code string }
		Request  struct{ URL string }
		Response struct {
			URL    string
			Status int
		}
		ErrorText        string
		ExceptionDetails struct{ Exception struct{ Description string } }
	}
	json.Unmarshal(m.Params, &p)
	// Chromium asks for this by itself, once a site, where a page names no icon.
	for _, url := range []string{p.Request.URL, p.Response.URL, p.Entry.URL} {
		if strings.HasSuffix(url, "/favicon.ico") {
			return ""
		}
	}
	switch m.Method {
	case "Runtime.consoleAPICalled":
		if p.Type == "error" || p.Type == "assert" || p.Type == "warning" {
			text := "console " + p.Type + ":"
			for _, a := range p.Args {
				text += fmt.Sprint(" ", a.Value)
			}
			return text
		}
	case "Runtime.exceptionThrown":
		return "exception: " + p.ExceptionDetails.Exception.Description
	case "Log.entryAdded":
		if p.Entry.Level == "error" || p.Entry.Level == "warning" || p.Entry.Source == "security" {
			return "log: " + p.Entry.Text + " " + p.Entry.URL
		}
	case "Audits.issueAdded":
		if p.Issue.Code == "LazyLoadImageIssue" { // advice about images' sizes
			return ""
		}
		return fmt.Sprintf("issue: %.600s", m.Params)
	case "Network.requestWillBeSent":
		// The player of a film has pictures of the browser's own on its buttons;
		// a page's would be refused by the policy, which is heard above.
		if !strings.HasPrefix(p.Request.URL, base) && !strings.HasPrefix(p.Request.URL, "data:image/svg+xml;") {
			return "outside: " + p.Request.URL
		}
	case "Network.responseReceived":
		if p.Response.Status >= 400 {
			return fmt.Sprintf("%s answers %d", p.Response.URL, p.Response.Status)
		}
	case "Network.loadingFailed":
		// A page that a redirect leaves behind is no failure.
		if p.ErrorText != "net::ERR_ABORTED" {
			return "failed: " + p.ErrorText
		}
	case "Page.javascriptDialogOpening":
		return "a dialog opens"
	}
	return ""
}
