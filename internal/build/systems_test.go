package build

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// systems is how many there are in testdata/systems.txt.
const systems = 67

// TestSystems holds that the sample shows every system that a playbook needs,
// where testdata/systems.txt says so. What is not there yet is printed.
func TestSystems(t *testing.T) {
	text, err := os.ReadFile("testdata/systems.txt")
	if err != nil {
		t.Fatal(err)
	}
	built := map[string]map[string][]byte{"public": spaced(t, "public"), "staff": spaced(t, "staff")}
	number, title, shown, missing := 0, "", 0, 0
	for i, line := range strings.Split(string(text)+"end", "\n") {
		what, proof := strings.HasPrefix(line, "\t"), strings.Split(strings.TrimPrefix(line, "\t"), "\t")
		switch {
		case line == "" || line[0] == '#':
		case !what:
			if number > 0 && shown == 0 {
				t.Errorf("nothing shows system %d, %s", number, title)
			}
			n, rest, _ := strings.Cut(line, " ")
			number, shown, title = number+1, 0, rest
			if n != strconv.Itoa(number) && line != "end" {
				t.Fatalf("systems.txt:%d: %q, where system %d should stand", i+1, line, number)
			}
		case len(proof) != 2 || proof[1] == "":
			t.Errorf("systems.txt:%d: %q is no address, tab and text", i+1, line)
		case proof[0] == "not yet":
			missing++
			t.Logf("not yet: %d %s: %s", number, title, proof[1])
		default:
			shown++
			if why := lacks(built, proof[0], proof[1]); why != "" {
				t.Errorf("systems.txt:%d: system %d, %s: %s", i+1, number, title, why)
			}
		}
	}
	if number-1 != systems {
		t.Errorf("%d systems, not %d", number-1, systems)
	}
	t.Logf("%d things are not there yet", missing)
	t.Run("questions", func(t *testing.T) { questions(t, built["public"]) })
}

// questions holds that the pages that answer owners' questions, as the search's
// data has them, are there.
func questions(t *testing.T, files map[string][]byte) {
	text, err := os.ReadFile("../search/testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		asked++
		question, pages, _ := strings.Cut(line, "\t")
		if question == "" || pages == "" {
			t.Errorf("%q is no question, tab and page", line)
		}
		for _, p := range strings.Fields(pages) {
			address := strings.TrimSuffix(strings.TrimSuffix(p, ".md"), "/index") + "/index.html"
			if files[address] == nil {
				t.Errorf("%q: the public edition has no %s", question, p)
			}
		}
	}
	if asked != 40 {
		t.Errorf("%d questions, not 40", asked)
	}
}

// spaced is the project's own site, as one of its editions, with single blanks.
func spaced(t *testing.T, name string) map[string][]byte {
	t.Helper()
	_, files := sample(t, name)
	out := map[string][]byte{}
	for name, data := range files {
		out[name] = []byte(strings.Join(strings.Fields(string(data)), " "))
	}
	return out
}

// lacks says why the file at an address does not hold the text, or "".
func lacks(built map[string]map[string][]byte, address, text string) string {
	edition, path, other := strings.Cut(address, ":")
	if !other {
		edition, path = "public", address
	}
	path = strings.TrimPrefix(path, "./")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	data, ok := built[edition][path]
	switch {
	case !ok:
		return address + " is not there"
	case !strings.Contains(string(data), text):
		return address + " lacks " + strconv.Quote(text)
	}
	return ""
}
