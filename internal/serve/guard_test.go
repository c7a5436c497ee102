package serve

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

const secret = "not yet for the public"

// secrets is a site with something to steal at each kind of address.
func secrets() Build {
	return site(map[string]string{
		"index.html": secret, "draft/index.html": secret, "404.html": "No such page.", "files/a b.txt": secret, "x.txt": secret,
		"ünder/index.html": secret,
	})
}

// hostile is a request that must be refused. The guard is the one that refuses
// it, "" where net/http does so itself or the exact look-up finds nothing.
type hostile struct {
	guard  string
	status int
	line   string // "GET /" unless given
	header string // lines joined by \n; "Host: localhost:{port}" comes first unless a Host is given
}

func (h hostile) request() string {
	line, header := h.line, h.header
	if line == "" {
		line = "GET /draft/"
	}
	if !strings.Contains(header, "Host:") {
		header = "Host: localhost:{port}\n" + header
	}
	header = strings.ReplaceAll(strings.TrimSuffix(header, "\n"), "\n", "\r\n")
	return line + " HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n"
}

func hostiles() []hostile {
	rows := []hostile{
		{"", 400, "", "Host: a\nHost: b"},
		{"", 400, "", "Host: localhost:{port}\nHost: localhost:{port}"},
		{"", 400, "", "Host: localhost\x01"},
		{"", 400, "", "Host: local host"},
		{"", 400, "", "Host: localhost:{port}\nX y: 1"},
		{"", 400, "", "Host: localhost:{port}\nContent-Length: 1\nContent-Length: 2"},
		{"", 431, "", "X: " + strings.Repeat("x", 64<<10)},
		{"", 501, "", "Transfer-Encoding: gzip"},
		{"origin", 403, "", "Origin: http://evil.example"},
		{"origin", 403, "", "Origin: null"},
		{"origin", 403, "", "Origin: "},
		{"origin", 403, "", "Origin: http://localhost"},
		{"origin", 403, "", "Origin: http://localhost:{port}.evil.example"},
		{"origin", 403, "", "Origin: http://localhost:{port}@evil.example"},
		{"origin", 403, "", "Origin: http://127.0.0.1:{port}"},
		{"origin", 403, "", "Origin: ftp://localhost:{port}"},
		{"origin", 403, "", "Origin: http://localhost:{port}\nOrigin: http://evil.example"},
		{"origin", 403, "GET /_peppermill/events", "Origin: http://evil.example"},
		{"origin", 403, "GET /_peppermill/page?at=/draft/", "Origin: https://evil.example"},
		{"fetch", 403, "", "Sec-Fetch-Site: cross-site"},
		{"fetch", 403, "", "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: cors"},
		{"fetch", 403, "", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: image"},
		{"fetch", 403, "", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script"},
		{"fetch", 403, "", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe"},
		{"fetch", 403, "", "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: object"},
		{"fetch", 403, "HEAD /draft/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"},
		{"fetch", 403, "", "Sec-Fetch-Site: \nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"},
		{"fetch", 403, "", "Sec-Fetch-Site: none, cross-site"},
		{"fetch", 403, "", "Sec-Fetch-Site: same-origin\nSec-Fetch-Site: cross-site"},
		{"fetch", 403, "GET /_peppermill/page?at=/draft/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"},
		{"fetch", 403, "GET /_peppermill/events", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty"},
		{"body", 400, "", "Content-Length: 3"},
		{"body", 400, "", "Transfer-Encoding: chunked"},
		{"body", 400, "", "Upgrade: websocket"},
		{"path", 400, "GET http://localhost:{port}/draft/", ""},
		{"path", 400, "GET https://localhost/draft/", ""},
		{"host", 403, "GET http://evil.example/draft/", ""},
		{"", 400, "GET localhost:{port}/draft/", ""},
		{"", 400, "GET draft/", ""},
		{"length", 414, "GET /draft/?" + strings.Repeat("x", 5000), ""},
		{"length", 414, "GET /" + strings.Repeat("a/", 3000), ""},
		{"", 400, "GET /draft/\x00", ""},
		{"", 400, "GET /draft/\x1b[2J", ""},
		{"", 400, "GET /draft/%zz", ""},
		{"", 404, "GET /%252e%252e/draft/index.html", ""},
		{"", 404, "GET /DRAFT/", ""},
		{"", 404, "GET /draft/index.html::$DATA", ""},
		{"", 404, "GET /draft/index.html.", ""},
		{"", 404, "GET /draft;/index.html", ""},
		{"", 404, "GET /etc/passwd", ""},
		{"", 404, "GET /_peppermill/plain/page.html", ""},
		{"", 404, "GET /_peppermill/vendor/README.md", ""},
		{"", 404, "GET /_peppermill/", ""},
		{"", 400, "GET /_peppermill/page?at=//draft/", ""},
		{"", 400, "GET /_peppermill/page?at=/..%252fdraft/", ""},
	}
	for _, host := range []string{"evil.example", "evil.example:{port}", "localhost.evil.example:{port}", "evillocalhost:{port}", ".localhost:{port}",
		"localhost..:{port}", "localhost:1", "localhost:", "localhost:0{port}", "localhost:{port}:1", "127.0.0.2:{port}", "0.0.0.0:{port}",
		"2130706433:{port}", "0x7f.1:{port}", "127.1:{port}", "[::]:{port}", "[::ffff:127.0.0.1]:{port}", "[::1%25lo]:{port}", "[::1]x:{port}",
		"::1", "[::1", "192.168.0.9:{port}", "localhost%00:{port}", ""} {
		rows = append(rows, hostile{"host", 403, "", "Host: " + host})
	}
	for _, method := range strings.Fields("POST PUT PATCH DELETE OPTIONS TRACE PROPFIND get QUERY") {
		rows = append(rows, hostile{"method", 405, method + " /draft/", ""})
	}
	rows = append(rows, hostile{"method", 405, "OPTIONS *", ""}, hostile{"host", 403, "CONNECT evil.example:80", ""},
		hostile{"method", 405, "POST /draft/", "Content-Length: 3"},
		hostile{"method", 405, "OPTIONS /draft/", "Origin: http://localhost:{port}\nAccess-Control-Request-Method: GET"})
	for _, path := range []string{"/../draft/", "/%2e%2e/draft/", "/.%2E/draft/", "/draft/..", "/draft/../draft/", "/./draft/", "/draft/%2e", "//draft/",
		"/draft//", "//evil.example", "//evil.example/draft/..", `/draft\`, `/..\draft/`, `/\evil.example`, "/%5c%5cevil.example", "/draft%5cindex.html",
		"/draft%2findex.html", "/%2f%2fevil.example", "/%2e%2e%2fdraft/", "/draft/%00", "/draft/index.html%00.txt", "/draft/%0d%0aX:%201", "/%7f",
		"/%c2%85", "/%ff", "/%c0%ae%c0%ae/draft/"} {
		rows = append(rows, hostile{"path", 400, "GET " + path, ""})
	}
	return rows
}

// TestHostileRequests is a table of requests, sent as bytes over a connection.
// None gets content, or a header that would let another origin read.
func TestHostileRequests(t *testing.T) {
	s := start(t, Options{})
	s.Show(secrets())
	rows := hostiles()
	if len(rows) < 60 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, row := range rows {
		r, body := s.raw(t, row.request())
		if r.StatusCode != row.status {
			t.Errorf("%.120q: %d, want %d", row.request(), r.StatusCode, row.status)
		}
		if strings.Contains(body, secret) || strings.Contains(body, "evil") {
			t.Errorf("%.120q: the body has %.200q", row.request(), body)
		}
		if row.guard != "" && (r.Header.Get("X-Content-Type-Options") != "nosniff" || r.Header.Get("Cross-Origin-Resource-Policy") != "same-origin") {
			t.Errorf("%.120q: the answer is not protected: %v", row.request(), r.Header)
		}
		if got := r.Header.Get("Allow"); (row.status == 405) != (got == "GET, HEAD") {
			t.Errorf("%.120q: Allow is %q", row.request(), got)
		}
		mayNotRead(t, row.request(), r.Header)
	}
}

func mayNotRead(t *testing.T, request string, h http.Header) {
	t.Helper()
	for name := range h {
		if strings.HasPrefix(name, "Access-Control") || strings.HasPrefix(name, "Timing-Allow") || name == "Set-Cookie" || name == "X" {
			t.Errorf("%.120q: there is a header %s", request, name)
		}
	}
}

// TestEachGuardIsNeeded switches the guards off, one at a time: then a row that
// the guard is for must get another answer.
func TestEachGuardIsNeeded(t *testing.T) {
	for i, g := range guards() {
		s := start(t, Options{})
		s.Show(secrets())
		s.guards = slices.Delete(guards(), i, i+1)
		through := 0
		for _, row := range hostiles() {
			if row.guard != g.name {
				continue
			}
			if strings.HasPrefix(row.line, "GET "+own+"events") {
				continue // would go on for ever
			}
			if r, _ := s.raw(t, row.request()); r.StatusCode != row.status {
				through++
			}
		}
		if through == 0 {
			t.Errorf("without the guard %q nothing changes", g.name)
		}
	}
}

// TestAllowedRequests is the other half: what people and their browsers send.
func TestAllowedRequests(t *testing.T) {
	s := start(t, Options{Hosts: []string{"box.lan", "192.168.0.7", "fe80::7", "tunnel.example:8443"}})
	s.Show(secrets())
	rows := []hostile{
		{"", 200, "", ""},
		{"", 200, "GET /", ""},
		{"", 200, "GET /?q=a+b%2f..%00//x", ""},
		{"", 200, "HEAD /draft/", ""},
		{"", 200, "GET /files/a%20b.txt", ""},
		{"", 200, "GET /%C3%BCnder/", ""},
		{"", 302, "GET /draft", ""},
		{"", 404, "GET /draft/absent", ""},
		{"", 200, "GET /_peppermill/client.js", ""},
		{"", 200, "GET /_peppermill/page?at=%2Fdraft%2F", ""},
		{"", 200, "GET /_peppermill/page?at=/%25C3%25BCnder/", ""},
		{"", 200, "GET /_peppermill/findings", "Sec-Fetch-Site: same-origin\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty"},
		{"", 200, "", "Origin: http://localhost:{port}"},
		{"", 200, "", "Origin: http://LOCALHOST:{port}"},
		{"", 200, "", "Host: tunnel.example:8443\nOrigin: https://tunnel.example:8443"},
		{"", 200, "", "Sec-Fetch-Site: none\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"},
		{"", 200, "", "Sec-Fetch-Site: same-origin\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: image"},
		{"", 200, "", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"},
		{"", 200, "", "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"},
		{"", 200, "", "Content-Length: 0"},
	}
	for _, host := range []string{"localhost", "localhost:{port}", "LocalHost:{port}", "localhost.:{port}", "localhost.", "127.0.0.1:{port}", "127.0.0.1",
		"[::1]:{port}", "[::1]", "[0:0:0:0:0:0:0:1]:{port}", "docs.localhost:{port}", "a.b.localhost", "box.lan:{port}", "BOX.lan", "192.168.0.7:{port}",
		"[fe80::7]:{port}", "[FE80::7]", "tunnel.example:8443"} {
		rows = append(rows, hostile{"", 200, "", "Host: " + host})
	}
	for _, row := range rows {
		r, body := s.raw(t, row.request())
		if r.StatusCode != row.status {
			t.Errorf("%.120q: %d %.100q, want %d", row.request(), r.StatusCode, body, row.status)
		}
		mayNotRead(t, row.request(), r.Header)
	}
	for _, host := range []string{"tunnel.example", "tunnel.example:{port}", "box.lan:8443", "192.168.0.8", "[fe80::8]"} {
		if r, _ := s.raw(t, hostile{"", 0, "", "Host: " + host}.request()); r.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", host, r.StatusCode)
		}
	}
}

// FuzzTarget sends any path and query to a server: it answers, an address of a
// redirect stays here, and nothing but the site's files is answered.
func FuzzTarget(f *testing.F) {
	for _, row := range hostiles() {
		if _, target, ok := strings.Cut(row.line, " "); ok && len(target) < 200 {
			f.Add(target)
		}
	}
	f.Add("/draft?//evil")
	f.Add("/%C3%BCnder")
	s := New(Options{})
	s.Show(secrets())
	f.Fuzz(func(t *testing.T, target string) {
		if strings.Contains(target, own+"events") {
			t.Skip()
		}
		request, err := http.NewRequest(http.MethodGet, "http://localhost/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if request.URL, err = request.URL.Parse(target); err != nil || request.URL.Host != "localhost" {
			t.Skip()
		}
		request.RequestURI, request.URL.Host, request.URL.Scheme = target, "", ""
		w := recorded(s, request)
		if to := w.Header().Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n")) {
			t.Errorf("%q leads to %q", target, to)
		}
		if w.Code == http.StatusInternalServerError {
			t.Errorf("%q: %s", target, fmt.Sprint(w.Body))
		}
	})
}

// FuzzHost holds that what is taken for our own is written with few characters
// and has one spelling.
func FuzzHost(f *testing.F) {
	for _, seed := range []string{"localhost:1313", "[::1]:1313", "a.localhost", "127.0.0.1.", "[::ffff:1.2.3.4]", "x:y", "[", "]:", "[]"} {
		f.Add(seed)
	}
	s := New(Options{Port: 1313})
	f.Fuzz(func(t *testing.T, host string) {
		name, port, ok := splitHost(host)
		if !ok && s.ours(host) {
			t.Errorf("%q is ours and nothing", host)
		}
		if s.ours(host) && !strings.HasSuffix(name, "localhost") && name != "127.0.0.1" && name != "::1" || s.ours(host) && port != "" && port != "1313" {
			t.Errorf("%q is ours: %q %q", host, name, port)
		}
	})
}
