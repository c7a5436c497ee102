package output

import (
	"reflect"
	"strings"
	"testing"
)

func TestCheckPaths(t *testing.T) {
	long := strings.Repeat("x", 255)
	cases := map[string]Reason{
		"index.html":                       "",
		"a/b/c.html":                       "",
		".well-known/security.txt":         "",
		"...x":                             "",
		"überblick/straße.html":            "",
		"日本/語.html":                        "",
		"console/comma/com10/nulls.txt":    "",
		"com0":                             "",
		long + "/" + long:                  "",
		"sub/.peppermill.json":             "",
		"":                                 EmptyPath,
		"a//b":                             EmptyPath,
		"a/":                               EmptyPath,
		".":                                DotPath,
		"a/./b":                            DotPath,
		"..":                               DotPath,
		"../x":                             DotPath,
		"a/../../x":                        DotPath,
		"a/.../b":                          DotPath,
		"/etc/passwd":                      AbsolutePath,
		"//host/share":                     AbsolutePath,
		"c:/x":                             AbsolutePath,
		"C:x":                              AbsolutePath,
		`a\b`:                              Backslash,
		`..\x`:                             Backslash,
		"a\x00b":                           ControlByte,
		"a\x1b[31m":                        ControlByte,
		"a\u0085b":                         ControlByte,
		"a\nb":                             ControlByte,
		"a\xffb":                           NotUTF8,
		"a./b":                             TrailingDot,
		"a /b":                             TrailingDot,
		"b ":                               TrailingDot,
		"CON":                              DeviceName,
		"a/nul.txt":                        DeviceName,
		"aux .x/b":                         DeviceName,
		"Com1.html":                        DeviceName,
		"lpt²":                             DeviceName,
		"conin$":                           DeviceName,
		long + "x":                         PartTooLong,
		strings.Repeat(long+"/", 4) + long: PathTooLong,
		".peppermill.json":                 ReservedName,
		".PepperMill.lock":                 ReservedName,
		".peppermill-stage/x":              ReservedName,
	}
	for p, want := range cases {
		if got := checkPath(p); got != want {
			t.Errorf("%.60q: %q, want %q", p, got, want)
		}
		problems := site{p: "x"}.tree().Check()
		if (len(problems) == 0) != (want == "") || len(problems) == 1 && problems[0].Path != p {
			t.Errorf("%.60q: problems %v", p, problems)
		}
	}
}

func TestCheckTrees(t *testing.T) {
	cases := []struct {
		name  string
		paths []string
		want  []Problem
	}{
		{"fine", []string{"a", "b/c", "b/d", "B2"}, nil},
		{"twice", []string{"a", "a"}, []Problem{{"a", "a", SameAddress}}},
		{"three times", []string{"a", "A", "a"}, []Problem{{"A", "a", SameAddress}, {"A", "a", SameAddress}}},
		{"case", []string{"docs/A.html", "Docs/a.html"}, []Problem{{"Docs/a.html", "docs/A.html", SameAddress}}},
		{"accents", []string{"caf\u00e9", "cafe\u0301"}, []Problem{{"cafe\u0301", "caf\u00e9", SameAddress}}},
		{"accents and case", []string{"CAFE\u0301/x", "caf\u00e9/X"}, []Problem{{"CAFE\u0301/x", "caf\u00e9/X", SameAddress}}},
		{"full folding", []string{"stra\u00dfe", "STRASSE"}, []Problem{{"STRASSE", "stra\u00dfe", SameAddress}}},
		{"file and folder", []string{"a/b", "a"}, []Problem{{"a", "a/b", FolderNeeded}}},
		{"file and deep folder", []string{"a/b/c/d", "A/B"}, []Problem{{"A/B", "a/b/c/d", FolderNeeded}}},
		{"folders of two cases are one", []string{"a/b", "A/c"}, nil},
		{"all kinds", []string{"../x", "b", "B", "b/c"}, []Problem{
			{"../x", "", DotPath}, {"B", "b", SameAddress}, {"B", "b/c", FolderNeeded}}},
	}
	for _, tc := range cases {
		for range 2 {
			var tree Tree
			for _, p := range tc.paths {
				tree.Entries = append(tree.Entries, Entry{Path: p})
			}
			if got := tree.Check(); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
			}
			for i, j := 0, len(tc.paths)-1; i < j; i, j = i+1, j-1 { // any order
				tc.paths[i], tc.paths[j] = tc.paths[j], tc.paths[i]
			}
		}
	}
}

func TestMessagesArePrintable(t *testing.T) {
	odd := "a\x1b[2J\u202e\nb"
	for _, err := range []error{
		&TreeError{Problems: []Problem{{Path: odd, Other: odd, Reason: ControlByte}}},
		&ConflictError{Dir: odd, Conflicts: []Problem{{Path: odd, Reason: ForeignFile}}, Total: 3},
		fail(opWrite, odd, errBroken),
	} {
		if strings.ContainsAny(err.Error(), "\x1b\n\u202e") {
			t.Errorf("%q", err)
		}
	}
}

// TestOrdinary holds that the short cut never takes a path that the long way
// refuses: every refused path of the other tests, and pieces of them.
func TestOrdinary(t *testing.T) {
	parts := []string{"", ".", "..", "con", "conin$", "com1", "nul.txt", "late", "index.html", "refunds", "a", "refunds.", "refunds ",
		".peppermill.json", "Refunds", "re:fund", "re\\fund", "ref\x00und", "ref..und", "refund.tar.gz", "conout$", "lpt1.html", strings.Repeat("long", 64), "ünder"}
	refused := 0
	for _, a := range parts {
		for _, b := range parts {
			for _, p := range []string{a, a + "/" + b, a + "/" + b + "/index.html", "policies/" + a + "/" + b, strings.Repeat(a+"/", 40) + b} {
				long := reasonOf(p)
				if long != "" {
					refused++
				}
				if ordinary(p) && long != "" {
					t.Errorf("%q is taken for ordinary, but it %s", p, long)
				}
			}
		}
	}
	if refused < 1000 {
		t.Errorf("only %d paths are refused", refused)
	}
	for _, p := range []string{"index.html", "policies/late-deliveries/index.html", "assets/site.1a2b3c4d.css"} {
		if ordinary(p) != (p != "assets/site.1a2b3c4d.css") {
			t.Errorf("%q is not what it should be", p)
		}
	}
}
