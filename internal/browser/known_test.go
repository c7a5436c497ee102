package browser

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// known are faults of the theme that have been found and not yet been mended,
// each as "test what edition/page". A row that is no longer needed fails its
// test: the table can only shrink, and is meant to be empty.
var known = []string{}

// ledger collects what a test finds, and compares it with the table.
type ledger struct {
	*testing.T
	test string
	mu   sync.Mutex
	met  []string
}

// fault reports something that is wrong, unless it is known.
func (l *ledger) fault(t *testing.T, key, detail string) {
	t.Helper()
	key = l.test + " " + key
	l.mu.Lock()
	l.met = append(l.met, key)
	l.mu.Unlock()
	if !slices.Contains(known, key) {
		t.Errorf("%s\n\t%s", key, detail)
	}
}

// close reports what is in the table and was not met. It is called when all
// parallel tests of the ledger have ended.
func (l *ledger) close() {
	for _, row := range known {
		if strings.HasPrefix(row, l.test+" ") && !slices.Contains(l.met, row) {
			l.Errorf("%q is no longer a fault: take it out of the table in known_test.go", row)
		}
	}
}
