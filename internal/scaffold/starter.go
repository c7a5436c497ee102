package scaffold

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"strings"
	"text/template"
)

//go:embed starter
var starterFiles embed.FS

// Answers are what a starter needs to know about a business, as its owner
// would say it.
type Answers struct {
	Name       string // of the business
	Trade      string // what it does, in any words
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

// Starter makes the starter of a business: its pages and site.yaml, sorted by
// path. The error is an [*Error] that names the answer which cannot be used.
func Starter(a Answers) ([]File, error) {
	for _, field := range []struct{ what, text string }{
		{"the name", a.Name}, {"the trade", a.Trade}, {"the contact", a.Contact}, {"the person for complaints", a.Complaints},
	} {
		if why := CheckAnswer(field.text); why != "" {
			return nil, &Error{Text: field.what + " cannot be used: " + why, Hint: "write it as one line of ordinary text"}
		}
	}
	v := view{answer{tidy(a.Name)}, answer{tidy(a.Trade)}, answer{tidy(a.Contact)}, answer{tidy(a.Complaints)}, wordsOf(a.Trade)}
	var files []File
	err := fs.WalkDir(starterFiles, "starter", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fill(starterFiles, name, v)
		files = append(files, File{strings.TrimPrefix(name, "starter/"), data})
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
