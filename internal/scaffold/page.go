package scaffold

import (
	"embed"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"peppermill/internal/page"
	"peppermill/internal/schema"
)

//go:embed pages
var pageFiles embed.FS

// Kind is a sort of page that can be begun, under its plain name.
type Kind struct {
	Name   string `json:"name"`
	Type   string `json:"type"`             // as schema knows it
	Folder string `json:"folder,omitempty"` // where it goes unless the content has another folder for it
	Draft  bool   `json:"draft"`            // it begins as a draft, as it holds prompts and not yet anybody's words
	About  string `json:"about"`            // what it is for, in a few words
}

// Kinds are all of them, most usual first. The first [Usual] are those that one
// is offered; the others are for whoever asks for all.
func Kinds() []Kind {
	return []Kind{
		{"policy", "policy", "policies", true, "a promise, the reason for it and what we do"},
		{"how-to", "procedure", "procedures", true, "steps, each with a person and a time"},
		{"checklist", "checklist", "checklists", true, "questions to tick"},
		{"story", "case-study", "stories", true, "what happened, and what we learnt"},
		{"article", "article", "articles", true, "a dated post"},
		{"page", "page", "", false, "anything else; an empty page with a title"},
		{"playbook", "playbook", "playbooks", true, "policies and how-tos in the order in which they are used"},
		{"standard", "standard", "standards", true, "what good work looks like, and what is not good enough"},
		{"role", "role", "roles", true, "a hat: what it is responsible for, who wears it, who stands in"},
		{"term", "term", "glossary", true, "a word that you use in your own way"},
		{"worksheet", "worksheet", "worksheets", true, "a sheet to fill in; new policy --from makes a policy of it"},
		{"course", "course", "courses", true, "what somebody new learns; new course --from makes one of a policy"},
		{"module", "module", "modules", true, "one lesson, with practice and a quiz"},
	}
}

// Usual is how many of [Kinds] are offered at first.
const Usual = 6

// FindKind finds a kind by its plain name, or by schema's name or synonym for
// its type.
func FindKind(word string) (Kind, bool) {
	word = strings.ToLower(word)
	for _, k := range Kinds() {
		if k.Name == word || k.Type == word {
			return k, true
		}
		for _, t := range schema.Types() {
			if t.Name == k.Type && slices.Contains(t.Synonyms, word) {
				return k, true
			}
		}
	}
	return Kind{}, false
}

// NewPage makes a page of the kind. where is a name, which goes into the
// kind's folder, or a path from the content folder, which is kept. folders are
// the names of the folders at the top of the content: one that implies the
// type is used. title is made from the name when empty; day dates articles and
// stories. The error is an [*Error].
func NewPage(k Kind, where, title string, folders []string, day time.Time) (File, error) {
	name, err := place(where)
	if err != nil {
		return File{}, err
	}
	if title = tidy(title); title == "" {
		title = titleOf(bare(where))
	}
	if why := problem(title, longest); why != "" {
		return File{}, &Error{Text: "the title cannot be used: " + why, Hint: "write it as one line of ordinary text"}
	}
	if !strings.Contains(name, "/") {
		name = path.Join(k.home(folders), name)
	}
	v := struct{ Title, Type, Day string }{Title: answer{title}.YAML(), Day: day.Format(time.DateOnly)}
	if typeAt(name) != k.Type {
		v.Type = "type: " + k.Type + "\n"
	}
	data, err := fill(pageFiles, "pages/"+k.Name+".md", v)
	return File{name, data}, err
}

// home is the kind's folder: the first that there is already, else its own.
func (k Kind) home(folders []string) string {
	if k.Folder == "" {
		return ""
	}
	for _, f := range append([]string{k.Folder}, folders...) {
		if slices.Contains(folders, f) && typeAt(f+"/x.md") == k.Type {
			return f
		}
	}
	return k.Folder
}

// typeAt is the type of a page at the path that does not say one.
func typeAt(name string) string {
	meta, _ := schema.Envelope(page.Value{Kind: page.Map}, name)
	if meta.Type == "" {
		return "page"
	}
	return meta.Type
}

// titleOf makes a title from a name: late-deliveries is Late deliveries. What
// has a space in it was written as a title already, and a folder's own page is
// called like the folder.
func titleOf(name string) string {
	folder, name := path.Split(name)
	switch strings.ToLower(name) {
	case "index", "_index", "readme":
		if folder != "" {
			name = path.Base(folder)
		}
	}
	if !strings.Contains(name, " ") {
		name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' }), " ")
	}
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[n:]
}
