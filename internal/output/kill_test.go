package output

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

const (
	// childEnv holds the folder that a child process syncs to the new version.
	childEnv = "PEPPERMILL_OUTPUT_CHILD"
	// killsEnv sets how many children are killed; make torture asks for more.
	killsEnv = "PEPPERMILL_KILLS"
	killSize = 300 // pages
)

// childMain syncs in a process of its own and writes a byte for each operation,
// by which the parent chooses the moment to kill it.
func childMain(dir string) int {
	_, next := versions(killSize)
	f := &faults{before: func(string, string) { os.Stdout.Write([]byte{'.'}) }}
	if _, err := Sync(context.Background(), dir, next.tree(), Options{open: f.open}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// runChild kills the child after some operations (never if that is negative), and
// returns how many it had begun.
func runChild(t *testing.T, dir string, operations int) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	seen := int64(0)
	if operations >= 0 {
		seen, _ = io.CopyN(io.Discard, out, int64(operations))
		cmd.Process.Kill()
	}
	rest, _ := io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil && operations < 0 {
		t.Fatalf("child: %v\n%s", err, stderr.String())
	}
	return int(seen + rest)
}

func TestKill(t *testing.T) {
	kills := 15
	if s := os.Getenv(killsEnv); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("%s: %v", killsEnv, err)
		}
		kills = n
	} else {
		inMemory(t)
	}
	old, next := versions(killSize)
	foreign := site{"CNAME": "example.org", "s1/mine.txt": "mine"}
	cleanOld, cleanNext := clean(t, old, foreign), clean(t, next, foreign)

	dir := filepath.Join(t.TempDir(), "public")
	plant(t, dir, foreign)
	mustSync(t, dir, old.tree())
	total := runChild(t, dir, -1)
	diff(t, "child", snapshot(t, dir), cleanNext)

	random := rand.New(rand.NewPCG(1, 2))
	kinds := map[string]int{}
	for i := range kills {
		mustSync(t, dir, old.tree())
		diff(t, "back", snapshot(t, dir), cleanOld)
		// One in each of equal parts of the run, so that few kills cover it too.
		at := (total*i + random.IntN(total)) / kills
		runChild(t, dir, at)
		what := fmt.Sprintf("kill %d at operation %d of %d", i, at, total)
		got := snapshot(t, dir)
		kinds[killedWhile(got, cleanOld, cleanNext)]++
		if got["s1/mine.txt"] != "mine" {
			t.Errorf("%s: s1/mine.txt is %q", what, got["s1/mine.txt"])
		}
		delete(got, "s1/mine.txt")
		whole(t, what, got, old, next)
		if i%2 == 0 {
			mustSync(t, dir, next.tree())
			diff(t, what+", forward", snapshot(t, dir), cleanNext)
		} else {
			mustSync(t, dir, old.tree())
			diff(t, what+", backward", snapshot(t, dir), cleanOld)
		}
		if t.Failed() {
			return
		}
	}
	t.Log("killed while:", kinds)
}

func killedWhile(got, old, next site) string {
	switch got[manifestName] {
	case old[manifestName]:
		return "staging"
	case next[manifestName]:
		return "done"
	}
	return "publishing"
}
