package browser

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestServe is an author's morning with the program itself: files on disk, the
// bell, the loop and a browser. The stories are those of TestPreview.
func TestServe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	save := func(path string, data []byte) {
		name := filepath.Join(dir, "content", filepath.FromSlash(path))
		if data == nil {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			return
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name+"~", data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(name+"~", name); err != nil {
			t.Fatal(err)
		}
	}
	for path, file := range counter() {
		save(path, file.Data)
	}
	tab := newTab(t)
	tab.show(screen{width: 1000, scheme: "light"})
	p := &preview{tab, serving(t, dir), save}
	for _, part := range []struct {
		name  string
		story func(*preview)
	}{{"writing", writing}, {"mending", mending}, {"removing", removing}} {
		t.Run(part.name, func(t *testing.T) {
			tab.T = t
			part.story(p)
			tab.open("about:blank")
			for path, file := range counter() {
				save(path, file.Data)
			}
		})
	}
	tab.T = t
}

// serving builds the program, starts its preview of dir/content and returns
// the address.
func serving(t *testing.T, dir string) string {
	t.Helper()
	bin := filepath.Join(dir, "peppermill")
	if out, err := exec.Command("go", "build", "-o", bin, "peppermill/cmd/peppermill").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(bin, "serve", "-s", "content", "-p", "0")
	cmd.Dir = dir
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the preview ends with %v", err)
		}
	})
	lines := bufio.NewScanner(said)
	for address := regexp.MustCompile(`^Previewing .* at (http\S+)$`); lines.Scan(); {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			go func() { // so that it never waits for a reader
				for lines.Scan() {
				}
			}()
			return strings.Replace(m[1], "localhost", "127.0.0.1", 1) // this browser asks nobody for names
		}
	}
	t.Fatal("the preview gives no address")
	return ""
}
