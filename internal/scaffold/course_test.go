package scaffold_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"peppermill/internal/page"
	"peppermill/internal/scaffold"
)

var update = flag.Bool("update", false, "write what is made into the cases")

func point(what, who, when page.Text) scaffold.Point {
	return scaffold.Point{What: what, Who: who, When: when}
}

// TestCourse holds what a course looks like that is made of a policy: the
// files of testdata/course.txtar.
func TestCourse(t *testing.T) {
	files, err := scaffold.Course(scaffold.Lesson{
		Path: "policies/late-deliveries.md", Title: "Late: \"deliveries\" %{x}", Version: "2.0",
		Promise:  "1. If we are late, the delivery is *free* within %{window}.",
		Headings: []page.Text{"Exceptions & more"},
		Promises: []scaffold.Point{
			point("We ring", "driver", "1 hour"), point("# You | hear", "counter", "%{call-back-time}"),
			{What: "It is free", Case: "Nobody rang"}, point("Money back", "", "5 days"),
		},
		Steps: []scaffold.Point{point("Ring", "driver", "at once"), point("Say when", "", ""), point("Write it down", "counter", "same day")},
	}, "", "", []string{"policies", "01-courses"})
	if err != nil {
		t.Fatal(err)
	}
	var got txtar.Archive
	for _, f := range files {
		got.Files = append(got.Files, txtar.File{Name: f.Path, Data: append(f.Data, '\n')})
	}
	const name = "testdata/course.txtar"
	if *update {
		if err := os.WriteFile(name, txtar.Format(&got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil || string(txtar.Format(&got)) != string(want) {
		t.Errorf("%v: got\n%s", err, txtar.Format(&got))
	}
}

// TestCoursePlaces holds where a course goes, and that a policy which says
// little makes one too.
func TestCoursePlaces(t *testing.T) {
	for where, want := range map[string]string{
		"": "courses/a/index.md courses/a/1-what-we-promise.md", "New people": "courses/new-people/index.md courses/new-people/1-what-we-promise.md",
		"shop/van/": "", "shop/van": "shop/van/index.md shop/van/1-what-we-promise.md", "../x": "", "con": "",
	} {
		files, err := scaffold.Course(scaffold.Lesson{Path: "a.md", Title: "A"}, where, "", nil)
		var got []string
		for _, f := range files {
			got = append(got, f.Path)
		}
		if s := strings.Join(got, " "); s != want || (err != nil) != (want == "") {
			t.Errorf("%q: %s %v", where, s, err)
		}
	}
	if _, err := scaffold.Course(scaffold.Lesson{Path: "a.md"}, "", "a\u202eb", nil); err == nil {
		t.Error("a title that turns the line round was taken")
	}
}
