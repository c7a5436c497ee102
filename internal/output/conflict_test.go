package output

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestForeignFilesInTheWay(t *testing.T) {
	cases := []struct {
		name      string
		foreign   site
		tree      site
		want      []Problem
		overwrite bool // whether Options.Overwrite helps
	}{
		{"file", site{"index.html": "theirs"}, small, []Problem{{"index.html", "", ForeignFile}}, true},
		{"same size", site{"index.html": "HOME"}, small, []Problem{{"index.html", "", ForeignFile}}, true},
		{"two", site{"index.html": "1", "about/index.html": "2"}, small,
			[]Problem{{"about/index.html", "", ForeignFile}, {"index.html", "", ForeignFile}}, true},
		{"file for a folder", site{"about": "theirs"}, small, []Problem{{"about", "about/index.html", ForeignFile}}, false},
		{"folder for a file", site{"index.html/x": "theirs"}, small, []Problem{{"index.html", "", ForeignFolder}}, false},
		{"empty folder for a file", site{"index.html": "/"}, small, []Problem{{"index.html", "", ForeignFolder}}, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			plant(t, dir, tc.foreign)
			before := snapshot(t, dir)
			_, err := Sync(testContext(t), dir, tc.tree.tree(), Options{})
			var conflict *ConflictError
			if !errors.As(err, &conflict) || !reflect.DeepEqual(conflict.Conflicts, tc.want) || conflict.Hint == "" {
				t.Fatalf("error %#v", err)
			}
			if !strings.Contains(err.Error(), tc.want[0].Path) || !strings.Contains(err.Error(), dir) {
				t.Errorf("message %q", err)
			}
			diff(t, "folder", snapshot(t, dir).own(), before)
			_, err = Sync(testContext(t), dir, tc.tree.tree(), Options{Overwrite: true})
			if tc.overwrite != (err == nil) {
				t.Errorf("with Overwrite: %v", err)
			}
			if err == nil {
				diff(t, "overwritten", snapshot(t, dir).own(), clean(t, tc.tree, nil).own())
			}
		})
	}
}

func TestManyConflictsAreCounted(t *testing.T) {
	dir, s := t.TempDir(), site{}
	for i := range 25 {
		s[fmt.Sprintf("f%02d", i)] = "ours"
		plant(t, dir, site{fmt.Sprintf("f%02d", i): "theirs"})
	}
	_, err := Sync(testContext(t), dir, s.tree(), Options{})
	var conflict *ConflictError
	if !errors.As(err, &conflict) || conflict.Total != 25 || len(conflict.Conflicts) != 10 || conflict.Conflicts[9].Path != "f09" {
		t.Fatalf("error %#v", err)
	}
}

// A stale file that somebody has changed is not removed even to make room.
func TestChangedFileInTheWay(t *testing.T) {
	for _, tc := range []struct{ old, next site }{
		{site{"a": "1"}, site{"a/b": "2"}},
		{site{"a/b": "1"}, site{"a": "2"}},
	} {
		dir := t.TempDir()
		mustSync(t, dir, tc.old.tree())
		for p := range tc.old {
			plant(t, dir, site{p: "by hand"})
		}
		before := snapshot(t, dir)
		var conflict *ConflictError
		if _, err := Sync(testContext(t), dir, tc.next.tree(), Options{}); !errors.As(err, &conflict) {
			t.Errorf("%v: error %v", tc.next, err)
		}
		diff(t, "folder", snapshot(t, dir), before)
	}
}
