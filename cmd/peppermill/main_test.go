package main

import (
	"context"
	"flag"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var _ = flag.Bool("update", false, "write the expected output of the scripts anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"peppermill": func() {
			os.Exit((&app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}).run(context.Background(), os.Args[1:]))
		},
	})
}

// TestScripts runs the stories in testdata/script: what somebody types, and
// what the program answers.
func TestScripts(t *testing.T) {
	update := flag.Lookup("update") != nil && flag.Lookup("update").Value.String() == "true"
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1767225600") // 2026-01-01
			env.Setenv("GOGC", os.Getenv("GOGC"))         // make test says how
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"photo": photo},
	})
}

// photo is a command of the scripts: photo FILE WIDTH HEIGHT writes a JPEG
// that names its camera.
func photo(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: photo file width height")
	}
	w, err := strconv.Atoi(args[1])
	ts.Check(err)
	h, err := strconv.Atoi(args[2])
	ts.Check(err)
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = byte(i % w * 255 / w)
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 120, 140
	}
	name := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
	f, err := os.Create(name)
	ts.Check(err)
	ts.Check(jpeg.Encode(f, m, nil))
	ts.Check(f.Close())
	data, err := os.ReadFile(name)
	ts.Check(err)
	note := "\xff\xfe\x00\x0bCAMERA 9X"
	ts.Check(os.WriteFile(name, slices.Insert(data, 2, []byte(note)...), 0o644))
}
