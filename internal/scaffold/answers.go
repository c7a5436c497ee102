package scaffold

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"peppermill/internal/data"
	"peppermill/internal/frontmatter"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// Said is a prompt and what somebody wrote under it, as Markdown; "" where they
// wrote nothing.
type Said struct{ Prompt, Text string }

// ReadAnswers reads a worksheet that somebody has filled in, or a file of
// answers: JSON with a text for each name. In a worksheet a heading is a
// prompt, and so is a term with its definition; what stands below is the
// answer, but for quotations, which are there to help. Lines to write on are
// what is still open. The error is an [*Error].
func ReadAnswers(name string, text []byte) ([]Said, error) {
	if strings.EqualFold(path.Ext(name), ".json") {
		return readForm(name, text)
	}
	block, _ := frontmatter.Read(source.File{Path: path.Base(name), Data: bytes.TrimPrefix(text, []byte(byteOrderMark))})
	if block.Broken {
		return nil, &Error{Text: "the settings at the top of " + name + " cannot be read", Hint: "peppermill check says why"}
	}
	all := prompts(strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(block.Body)), "\n"))
	for _, said := range all {
		if said.Text != "" {
			return all, nil
		}
	}
	return nil, &Error{Text: name + " has no prompt with an answer", Hint: "write the answers under the headings, each under its own"}
}

// readForm reads what a form exports: texts by name, perhaps under "answers"
// or "values".
func readForm(name string, text []byte) ([]Said, error) {
	tree, _, ok := data.DecodeFile(source.File{Path: path.Base(name), Data: text})
	if !ok {
		return nil, &Error{Text: name + " is no JSON", Hint: "export the answers again, or name a worksheet"}
	}
	for _, wrapped := range []string{"answers", "values"} {
		if inner, ok := tree.Get(wrapped); ok && inner.Kind == page.Map {
			tree = inner
		}
	}
	var all []Said
	for _, f := range tree.Fields {
		if f.Value.Kind == page.Scalar || f.Value.Kind == page.Null {
			all = append(all, Said{Prompt: f.Key, Text: plainLines(f.Value.Text)})
		}
	}
	if len(all) == 0 {
		return nil, &Error{Text: name + " has no answers", Hint: `it is to be a file of answers, such as {"promise": "We ring first."}`}
	}
	return all, nil
}

// plainLines is plain text of several lines as Markdown that shows it.
func plainLines(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, asText(line, ""))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// heading is a prompt: its words, and its identifier where it has one.
var heading = regexp.MustCompile(`^ {0,3}#{2,6}[ \t]+(.*?)[ \t]*(?:\{#([\w-]+)[^}]*\})?[ \t]*#*$`)

// prompts reads a worksheet's text. Where it has terms with definitions, those
// are its prompts, else its headings.
func prompts(lines []string) []Said {
	var terms, sections []Said
	var open *[]Said // whose last answer goes on
	fenced := false
	for i, line := range lines {
		bare := strings.TrimSpace(line)
		if strings.HasPrefix(bare, "```") || strings.HasPrefix(bare, "~~~") {
			fenced = !fenced
		}
		m := heading.FindStringSubmatch(line)
		switch {
		case fenced || bare != "" && bare[0] == '>':
			continue
		case m != nil:
			sections, open = append(sections, Said{Prompt: m[1]}), &sections
			continue
		case strings.HasPrefix(line, ": ") || strings.HasPrefix(line, ":\t"):
			if i > 0 && strings.TrimSpace(lines[i-1]) != "" && !strings.HasPrefix(lines[i-1], ":") {
				terms, open = append(terms, Said{Prompt: strings.TrimSpace(lines[i-1])}), &terms
			}
			bare = strings.TrimSpace(line[1:])
		case i+1 < len(lines) && strings.HasPrefix(lines[i+1], ": "):
			continue // the next prompt
		case open == &terms && bare != "" && line[0] != ' ' && line[0] != '\t' && strings.TrimSpace(lines[i-1]) == "":
			open = nil // the list is over
		}
		if open != nil && len(*open) > 0 {
			last := &(*open)[len(*open)-1]
			last.Text += strings.TrimRight(bare, " \t") + "\n"
		}
	}
	all := sections
	if len(terms) > 0 {
		all = terms
	}
	for i := range all {
		all[i].Text = strings.Trim(all[i].Text, "\n")
		if strings.Trim(ruled.ReplaceAllString(all[i].Text, ""), " \t\n./-·") == "" {
			all[i].Text = "" // nothing but lines to write on
		}
	}
	return all
}

// ruled is a line to write on.
var ruled = regexp.MustCompile(`_{3,}`)

// answered reports whether somebody has written something, and left nothing
// open in it.
func (s Said) answered() bool { return s.Text != "" && !ruled.MatchString(s.Text) }

// means is what a policy calls that which a prompt asks for: "promise", "why",
// "steps", "title", or "" for all else.
func (s Said) means() string {
	prompt := strings.ToLower(s.Prompt)
	for _, known := range []struct{ part, words string }{
		{"promise", "promise|versprech"}, {"why", "why|warum"},
		{"steps", "step|what we do|what do we do|who does what|schritt|was wir tun|was tun wir|wer macht was"},
		{"title", "title|about|titel|worum"},
	} {
		for word := range strings.SplitSeq(known.words, "|") {
			if strings.Contains(prompt, word) {
				return known.part
			}
		}
	}
	return ""
}

// Policy makes the draft of a policy from answers. What nobody has answered is
// a blank in it, and open names those prompts: a draft cannot be approved with
// them. where and title may be empty where an answer says what it is about.
// The error is an [*Error].
func Policy(all []Said, where, title string, folders []string) (f File, open []string, err error) {
	var promise, why, steps *Said
	var others []*Said
	for i := range all {
		said := &all[i]
		slot := map[string]**Said{"promise": &promise, "why": &why, "steps": &steps}[said.means()]
		switch {
		case said.means() == "title" && said.answered() && title == "":
			title = tidy(said.Text)
			continue
		case said.means() == "title" && !said.answered():
			continue
		case slot != nil && *slot == nil:
			*slot = said
		default:
			others = append(others, said)
		}
		if !said.answered() {
			open = append(open, said.Prompt)
		}
	}
	if where == "" {
		where = title
	}
	if where == "" {
		return File{}, nil, &Error{Text: "nobody says what the policy is about", Hint: "add a name: peppermill new policy --from FILE late-deliveries"}
	}
	k, _ := FindKind("policy")
	f, err = NewPage(k, where, title, folders, time.Time{})
	if err != nil {
		return File{}, nil, err
	}
	settings, _, _ := strings.Cut(strings.TrimPrefix(string(f.Data), "---\n"), "---\n")
	var b strings.Builder
	b.WriteString("---\n" + settings + "---\n" + promise.orOpen("promise") + "\n\n## " + why.title("Why") + " {#why}\n\n" + why.orOpen("why") + "\n")
	for _, said := range others {
		b.WriteString("\n## " + said.title("") + "\n\n" + said.orOpen("") + "\n")
	}
	b.WriteString("\n## " + steps.title("What we do") + " {#steps}\n\n" + listed(steps.orOpen("steps")) + "\n")
	f.Data = []byte(b.String())
	return f, open, nil
}

// title is the prompt as a heading, or other words where there is none.
func (s *Said) title(otherwise string) string {
	if s == nil {
		return otherwise
	}
	return titleOf(s.Prompt)
}

// orOpen is the answer with a blank for all that is still open.
func (s *Said) orOpen(name string) string {
	if s == nil {
		return "%{" + name + "}"
	}
	if name == "" {
		name = blankOf(s.Prompt)
	}
	if s.Text == "" {
		return "%{" + name + "}"
	}
	n := 0
	return ruled.ReplaceAllStringFunc(s.Text, func(string) string {
		if n++; n > 1 {
			return fmt.Sprintf("%%{%s-%d}", name, n)
		}
		return "%{" + name + "}"
	})
}

// blankOf makes a blank's name of a prompt.
func blankOf(prompt string) string {
	words := strings.FieldsFunc(strings.ToLower(prompt), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.TrimLeft(strings.Join(words, "-"), "0123456789-")
	if name == "" {
		return "still-to-write"
	}
	return name
}

// listed makes a numbered list of steps that were written in another way.
func listed(steps string) string {
	if item.MatchString(steps) && !strings.Contains(steps, " · ") {
		return steps
	}
	var b strings.Builder
	n := 0
	for step := range strings.SplitSeq(strings.ReplaceAll(steps, " · ", "\n"), "\n") {
		if step = strings.TrimSpace(marked.ReplaceAllString(step, "")); step != "" {
			n++
			fmt.Fprintf(&b, "%d. %s\n", n, step)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// marked is what people write before a step, perhaps escaped by now.
var marked = regexp.MustCompile(`^[ \t]*(?:\d+(?:\\?[.)])?|\\?[-+])[ \t]+`)

// item is the beginning of a list's item.
var item = regexp.MustCompile(`(?m)^ {0,3}(?:\d+[.)]|[-*+])[ \t]`)
