package serve

import (
	"crypto/rand"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"peppermill/internal/diag"
	"peppermill/internal/output"
)

// Build is what one run of the build came to, as far as a preview shows it.
// Source paths are as an author types them ("content/policies/late.md"), and so
// are the paths of the findings' places.
type Build struct {
	Tree     output.Tree     // entries are opened, and so rendered, when asked for
	Pages    map[string]Page // output path ("policies/late/index.html") → facts
	Findings diag.List       // classified, sorted, with excerpts
	Changed  []string        // sources that changed since the build before; nil on the first
	Broken   []string        // sources that exist, but of which no page can be made
	Assets   bool            // something other than pages changed: images, styles, data
	Parsed   int             // pages that were parsed again
	Took     time.Duration
	// Stopped says that settings or theme cannot be used: the last tree stays,
	// Tree and Pages are not looked at, and the findings are shown.
	Stopped bool
}

// Page holds the facts about one page.
type Page struct {
	Source string // "" for pages that Peppermill makes itself
	Title  string
	Marks  []string // why readers of the published site would not see it: "draft", "future", …
}

// Options are the settings of a [Server]. Port is needed, the others are not.
type Options struct {
	// Hosts are names or addresses that may stand in the Host header beside
	// localhost, names below it, 127.0.0.1 and ::1. One with a port ("box:8080")
	// allows this port, for forwarded ports; one without allows Port, or none.
	Hosts []string
	// Port is the port that is listened on. A Host header must name it or none.
	Port int
	// Editor is an address that opens an editor, such as
	// "vscode://file/{path}:{line}:{column}"; see [CheckEditor]. Empty or not
	// allowed: places in findings are no links.
	Editor string
	// Absolute gives the file system's path for a source path, or "".
	// Editor needs it.
	Absolute func(path string) string
	// Explain makes a finding of an error in rendering a page; nil shows the
	// error's text.
	Explain func(error) diag.Diagnostic
	// Instance names this process, so that a browser notices a restart. Empty
	// takes a random name.
	Instance string
}

// Server shows builds. It is safe for concurrent use.
type Server struct {
	options  Options
	hosts    map[string]bool
	guards   []guard
	files    map[string]*answer // below /_peppermill/
	streams  atomic.Int64
	now      atomic.Pointer[snapshot]
	good     *shelf     // last good bytes of pages that were looked at
	room     int        // bytes of last good pages whose sources are broken
	showing  sync.Mutex // held by Show
	patience time.Duration
}

const (
	freshBytes = 48 << 20 // rendered files kept of the current build
	goodBytes  = 16 << 20 // last good pages kept over builds
	// heldBytes bounds the last good pages of broken sources. Whoever breaks more
	// at once (thousands of pages) sees the rest as missing, with the findings.
	heldBytes = 64 << 20
)

// New returns a server that has nothing to show yet: until the first
// [Server.Show], pages wait a moment and then say so.
func New(o Options) *Server {
	if o.Instance == "" {
		o.Instance = strings.ToLower(rand.Text()[:8])
	}
	if CheckEditor(o.Editor) != nil || o.Absolute == nil {
		o.Editor = ""
	}
	s := &Server{options: o, hosts: hostTable(o), guards: guards(), files: ownFiles(), good: newShelf(goodBytes),
		room: heldBytes, patience: time.Second}
	s.now.Store(&snapshot{fresh: newShelf(freshBytes), next: make(chan struct{})})
	return s
}

// Show makes b what is seen from now on, in one step, and wakes the browsers.
// Requests that are being answered keep the build that they began with.
func (s *Server) Show(b Build) {
	s.showing.Lock()
	defer s.showing.Unlock()
	before := s.now.Load()
	s.now.Store(s.after(before, b))
	close(before.next)
}

// Handler returns the server as a handler, for tests and other listeners;
// [Server.Serve] adds time-outs.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }
