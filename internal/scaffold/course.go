package scaffold

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"peppermill/internal/page"
)

// Lesson is what a policy says that can be taught. Texts may hold blanks,
// which stay what they are: one fact stands in one place.
type Lesson struct {
	Path     string // of the policy
	Title    page.Text
	Version  string
	Promise  page.Text
	Headings []page.Text // of the parts that are neither promises nor steps
	Promises []Point
	Steps    []Point
}

// Point is a promise or a step. Case is when it is kept, and may be empty like
// who sees to it and by when.
type Point struct{ What, Case, Who, When page.Text }

// mostQuestions is how many questions a quiz begins with. The author strikes
// out what is not worth asking more easily than they invent it.
const mostQuestions = 6

// Course makes a course of a policy, in a folder of its own: a page for the
// course, a module for what is promised and one for what is done. where is the
// folder's name or path; empty, it is the policy's. All of it is a draft.
// The error is an [*Error].
func Course(l Lesson, where, title string, folders []string) ([]File, error) {
	if where = bare(where); where == "" {
		where = strings.TrimSuffix(path.Base(l.Path), path.Ext(l.Path))
	}
	name, err := place(where)
	if err != nil {
		return nil, err
	}
	dir := strings.TrimSuffix(name, ".md")
	if k, _ := FindKind("course"); !strings.Contains(dir, "/") {
		dir = path.Join(k.home(folders), dir)
	}
	if title = tidy(title); title != "" {
		if why := problem(title, longest); why != "" {
			return nil, &Error{Text: "the title cannot be used: " + why, Hint: "write it as one line of ordinary text"}
		}
		title = quoted(strings.ReplaceAll(title, "%{", `\%{`))
	} else {
		title = quoted("Course: " + string(l.Title))
	}
	c := course{Lesson: l, index: path.Join(dir, "index.md")}
	if len(l.Promises) > 0 || len(l.Steps) == 0 {
		c.add("what-we-promise", "What we promise", c.promises())
	}
	if len(l.Steps) > 0 {
		c.add("what-we-do", "What we do", c.steps())
	}
	return append([]File{{c.index, []byte(c.home(title))}}, c.modules...), nil
}

// course is a course while it is made.
type course struct {
	Lesson
	index   string // path of its own page
	modules []File
	names   []string // titles of the modules
}

// add makes a module of a text.
func (c *course) add(file, title, text string) {
	n := len(c.modules) + 1
	at := path.Join(path.Dir(c.index), fmt.Sprintf("%d-%s.md", n, file))
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n", quoted(title))
	if typeAt(at) != "module" {
		b.WriteString("type: module\n")
	}
	fmt.Fprintf(&b, "teaches: %s\n%sweight: %d\ndraft: true\n---\n%s", quoted(relative(at, c.Path)), c.taught(), n, text)
	c.modules, c.names = append(c.modules, File{at, []byte(b.String())}), append(c.names, title)
}

func (c *course) taught() string {
	if c.Version == "" {
		return ""
	}
	return "policy_version: " + quoted(c.Version) + "\n"
}

// home is the course's own page.
func (c *course) home(title string) string {
	var b strings.Builder
	b.WriteString("---\ntitle: " + title + "\n")
	if typeAt(c.index) != "course" {
		b.WriteString("type: course\n")
	}
	b.WriteString("derived_from: " + quoted(relative(c.index, c.Path)) + "\n" + c.taught() + "modules:\n")
	for _, m := range c.modules {
		b.WriteString("  - " + path.Base(m.Path) + "\n")
	}
	fmt.Fprintf(&b, "draft: true\n---\nWho has done this course can say what we promise, and does what keeps the promise.\n\nIt teaches [%s](%s)", shown(c.Title), linkTo(relative(c.index, c.Path)))
	if c.Version != "" {
		b.WriteString(", version " + shown(page.Text(c.Version)))
	}
	b.WriteString(".\n\n## Modules\n\n")
	for i, m := range c.modules {
		fmt.Fprintf(&b, "%d. [%s](%s)\n", i+1, c.names[i], path.Base(m.Path))
	}
	return b.String()
}

// promises is the module about what is promised.
func (c *course) promises() string {
	goals := []string{"Say in your own words what we promise, and why."}
	for _, p := range c.Promises {
		switch {
		case p.Who != "" || p.When != "":
			goals = append(goals, "Say who sees to it, and by when: "+shown(p.What))
		case p.Case != "":
			goals = append(goals, "Say what we promise: "+shown(p.Case))
		}
	}
	for _, h := range c.Headings {
		goals = append(goals, "Explain to somebody new: "+shown(h))
	}
	opening := "Say in a sentence why this lesson is worth the time."
	if c.Promise != "" {
		opening = guarded(shown(c.Promise))
	}
	return opening + "\n" + list("Objectives {#objectives}", goals) +
		"\n## Practice {#exercises}\n\nOne plays a customer to whom it happens, one serves, one watches with the policy in hand. Then change places.\n\n" +
		"- What does the customer ask first?\n- Which promise is the answer, and in which words?\n" + c.quiz(c.Promises, nil)
}

// steps is the module about what is done.
func (c *course) steps() string {
	var goals []string
	for _, p := range c.Steps {
		goals = append(goals, shown(p.What))
	}
	return "Who has done this lesson takes these steps without looking them up.\n" + list("Objectives {#objectives}", goals) +
		"\n## Practice {#exercises}\n\nTake a case from last week and go through it step by step. One does, one watches and ticks off.\n\n" +
		"- Which step came late, or not at all?\n- Who would have had to know of it?\n" + c.quiz(c.Steps, c.Steps)
}

func list(heading string, items []string) string {
	var b strings.Builder
	b.WriteString("\n## " + heading + "\n\n")
	for _, item := range items {
		b.WriteString("- " + guarded(item) + "\n")
	}
	return b.String()
}

// quiz asks who does what, by when, and what comes next. The right answers,
// and the wrong ones, are what the policy says of these and of other points.
func (c *course) quiz(points, order []Point) string {
	var b strings.Builder
	n := 0
	ask := func(question string, right page.Text, wrong []page.Text, why string) {
		options := options(right, wrong)
		if right == "" || len(options) < 2 || n == mostQuestions {
			return
		}
		n++
		b.WriteString("\n**" + question + "**\n\n")
		for _, o := range options {
			tick := " "
			if o == right {
				tick = "x"
			}
			fmt.Fprintf(&b, "- [%s] %s\n", tick, guarded(shown(o)))
		}
		b.WriteString("\n> " + guarded(why) + "\n")
	}
	var who, when, what []page.Text
	for _, p := range points {
		who, when, what = append(who, p.Who), append(when, p.When), append(what, p.What)
	}
	for i, p := range points {
		why := shown(p.What)
		for _, more := range []page.Text{p.Who, p.When} {
			if more != "" {
				why += " · " + shown(more)
			}
		}
		if p.Case != "" {
			why = shown(p.Case) + " · " + why
			ask("What do we promise? "+shown(p.Case), p.What, what, why)
		}
		ask("Who sees to it? "+shown(p.What), p.Who, who, why)
		ask("By when? "+shown(p.What), p.When, when, why)
		if i+1 < len(order) {
			rest := slices.Concat(what[i+1:], what[:i])
			ask("What comes after this? "+shown(p.What), order[i+1].What, rest, shown(order[i+1].What))
		}
	}
	if n == 0 {
		b.WriteString("\n**Ask something that the policy answers.**\n\n- [ ] Write an answer that sounds right and is not\n- [x] Write the right answer\n\n> Say why, in the words of the policy.\n")
	}
	return "\n## Quiz {#quiz}\n" + b.String()
}

// options are the right answer and up to three others, in the order in which
// the policy has them.
func options(right page.Text, all []page.Text) []page.Text {
	var out []page.Text
	wrong := 0
	for _, o := range all {
		if o == "" || slices.Contains(out, o) || o != right && wrong == 3 {
			continue
		}
		if o != right {
			wrong++
		}
		out = append(out, o)
	}
	return out
}

// shown is a text of a page as Markdown that shows it, blanks included.
func shown(t page.Text) string {
	var b strings.Builder
	for s := tidy(string(t)); ; {
		before, name, rest, escaped, ok := page.CutBlank(s)
		b.WriteString(answer{before}.String())
		switch {
		case !ok:
			return b.String()
		case escaped:
			b.WriteString(`\%{`)
		default:
			b.WriteString("%{" + name + "}")
		}
		s = rest
	}
}

// linkTo is a path as the destination of a link.
func linkTo(to string) string {
	if strings.ContainsAny(to, " ()<>") {
		return "<" + strings.NewReplacer("<", `\<`, ">", `\>`).Replace(to) + ">"
	}
	return to
}
