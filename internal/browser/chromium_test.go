package browser

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"testing"
	"time"
)

// patience is how long a single answer or event may take before a test gives
// up. It is a net under a hanging browser, never a wait.
const patience = 90 * time.Second

// chromium is a running browser that is spoken to over a pipe: JSON messages
// ended by NUL, on its file descriptors 3 and 4.
type chromium struct {
	cmd     *exec.Cmd
	profile string
	gone    chan struct{} // closed when the browser has hung up

	mu      sync.Mutex
	in      io.WriteCloser
	last    int
	waiting map[int]chan message
	tabs    map[string]*tab // by session
}

// message is a command, its answer, or an event.
type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
		Data    string `json:"data"`
	} `json:"error,omitempty"`
}

var errNoBrowser = errors.New("no Chromium on this machine; install it (apt-get install chromium) or name one in CHROMIUM")

// started is the one browser of this package; running is what it gave.
var (
	started = sync.OnceValues(start)
	running *chromium
)

func TestMain(m *testing.M) {
	code := m.Run()
	if running != nil {
		running.stop()
	}
	os.Exit(code)
}

// need ends the test where something is missing: a skip on a person's machine,
// a failure where everything is supposed to be there.
func need(t *testing.T, err error) {
	t.Helper()
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip("make browser gets what is missing:", err)
	}
}

func find() (string, error) {
	if name := os.Getenv("CHROMIUM"); name != "" {
		return exec.LookPath(name)
	}
	// The shell is Chromium without its own windows: it takes half the time.
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoBrowser
}

func start() (*chromium, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	if runtime.GOOS == "windows" {
		return nil, errors.New("Chromium's pipe needs inherited file descriptors, which Go does not offer on Windows")
	}
	profile, err := os.MkdirTemp("", "peppermill-chromium-")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir="+profile, "--remote-debugging-pipe",
		// A tab keeps its process from page to page: another one may hear late of what a
		// page has just stored.
		"--disable-back-forward-cache", "--disable-features=BackForwardCache,ProactivelySwapBrowsingInstance",
		// No name is ever looked up: an address outside this machine fails at once.
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
		// In containers /dev/shm is often too small for pictures of pages.
		"--disable-dev-shm-usage", "--hide-scrollbars", "about:blank")
	theirIn, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s does not start: %w", path, err)
	}
	theirIn.Close()
	theirOut.Close()
	b := &chromium{cmd: cmd, profile: profile, gone: make(chan struct{}), in: in, waiting: map[int]chan message{}, tabs: map[string]*tab{}}
	go b.listen(bufio.NewReader(out))
	running = b
	return b, nil
}

func (b *chromium) stop() {
	b.send(message{Method: "Browser.close"})
	select {
	case <-b.gone:
	case <-time.After(patience):
		b.cmd.Process.Kill()
	}
	b.cmd.Wait()
	os.RemoveAll(b.profile)
}

// listen hands answers to those who wait and events to their tabs.
func (b *chromium) listen(out *bufio.Reader) {
	defer close(b.gone)
	for {
		data, err := out.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(data[:len(data)-1], &m) != nil {
			continue
		}
		b.mu.Lock()
		answer, tab := b.waiting[m.ID], b.tabs[m.Session]
		delete(b.waiting, m.ID)
		b.mu.Unlock()
		if answer != nil {
			answer <- m
		} else if tab != nil && m.Method != "" {
			tab.heard(m)
		}
	}
}

// send writes a message and returns where its answer will come.
func (b *chromium) send(m message) chan message {
	answer := make(chan message, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	m.ID = b.last
	data, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	b.waiting[m.ID] = answer
	b.in.Write(append(data, 0)) // a closed pipe is noticed by listen
	return answer
}

// call sends a command and unpacks its answer into result, if there is one.
func (b *chromium) call(session, method string, params, result any) error {
	m := message{Session: session, Method: method}
	if params != nil {
		data, err := json.Marshal(params)
		if err != nil {
			return err
		}
		m.Params = data
	}
	select {
	case m := <-b.send(m):
		if m.Error != nil {
			return fmt.Errorf("%s: %s %s", method, m.Error.Message, m.Error.Data)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-b.gone:
		return fmt.Errorf("%s: the browser is gone", method)
	case <-time.After(patience):
		return fmt.Errorf("%s: no answer within %v", method, patience)
	}
}
