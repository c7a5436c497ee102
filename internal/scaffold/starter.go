package scaffold

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"
)

// starterFiles are the starters: a folder for each trade, and in shared what
// all of them say in the same words.
//
//go:embed all:starter
var starterFiles embed.FS

// Answers are what a starter needs to know about a business, as its owner
// would say it.
type Answers struct {
	Name       string // of the business
	Trade      string // what it does, in any words, or a number on the list of [Trades]
	Contact    string // how customers reach it
	Complaints string // who takes complaints: a name or a role
}

// view is what the starter's templates see.
type view struct {
	Name, Trade, Contact, Complaints answer
	Words                            words
}

const longest = 200 // characters of an answer

// CheckAnswer says why an answer cannot be used, or "". It may be asked of
// each answer by itself, while somebody is still there to be asked again.
func CheckAnswer(text string) string { return problem(tidy(text), longest) }

// Starter makes the starter of a business: its pages, its facts and site.yaml,
// sorted by path. The error is an [*Error] that names the answer which cannot
// be used.
func Starter(a Answers) ([]File, error) {
	for _, field := range []struct{ what, text string }{
		{"the name", a.Name}, {"the trade", a.Trade}, {"the contact", a.Contact}, {"the person for complaints", a.Complaints},
	} {
		if why := CheckAnswer(field.text); why != "" {
			return nil, &Error{Text: field.what + " cannot be used: " + why, Hint: "write it as one line of ordinary text"}
		}
	}
	does := tidy(a.Trade)
	trade, ok := chosen(does)
	if ok {
		does = trade.Name
	} else {
		trade = tradeOf(does)
	}
	v := view{answer{tidy(a.Name)}, answer{does}, answer{tidy(a.Contact)}, answer{tidy(a.Complaints)}, trade.words}
	var files []File
	for _, folder := range []string{"starter/shared", "starter/" + trade.folder} {
		of, err := filled(folder, v)
		if err != nil {
			return nil, err
		}
		files = append(files, of...)
	}
	slices.SortFunc(files, func(x, y File) int { return strings.Compare(x.Path, y.Path) })
	return files, nil
}

// filled executes every template in a folder.
func filled(folder string, v view) (files []File, err error) {
	err = fs.WalkDir(starterFiles, folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fill(starterFiles, name, v)
		files = append(files, File{strings.TrimPrefix(name, folder+"/"), data})
		return err
	})
	return files, err
}

// fill executes one embedded template.
func fill(files embed.FS, name string, data any) ([]byte, error) {
	t, err := template.New(path.Base(name)).Option("missingkey=error").ParseFS(files, name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.Bytes(), err
}
