package render

import (
	"html/template"
	"strconv"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/theme"
)

// forms says in which ways the page can be filled in.
func (r *Renderer) forms(src *page.Page, l *tongue, a *asking) theme.Forms {
	out := theme.Forms{Session: teller{a, src, l.code}.session()}
	for _, s := range src.Structures {
		if s.Staff && !r.staff {
			continue
		}
		switch s.Kind {
		case "items":
			out.Ticks = true
		case "criteria", "rungs":
			out.Levels = true
		case "quiz":
			out.Quiz = true
			out.Needed = needed(src.Meta.Pass, answerable(s))
		}
	}
	return out
}

// session is what is done by the clock: steps without a number of minutes are
// not timed, and stand in the page's table only.
func (t teller) session() []theme.SessionStep {
	var out []theme.SessionStep
	t.rows("session", func(cell func(string) template.HTML, _ []page.Row, _ page.Structure) bool {
		digits := strings.FieldsFunc(string(cell("minutes")), func(r rune) bool { return r < '0' || r > '9' })
		prompt := cell("prompt")
		if len(digits) == 0 || prompt == "" {
			return true
		}
		if n, err := strconv.Atoi(digits[0]); err == nil && n > 0 && n <= 600 {
			out = append(out, theme.SessionStep{Minutes: n, Prompt: prompt, Result: cell("result")})
		}
		return true
	})
	return out
}

// answerable counts the questions that have a right answer.
func answerable(quiz page.Structure) int {
	n := 0
	for _, q := range quiz.Rows {
		if quiz.Cell(q, "right").Text != "" {
			n++
		}
	}
	return n
}

// needed is how many of the questions must be right: 80 and 80 % are a share of
// them unless there are as many, 4 and 4 of 5 a number. "" for what is no number.
func needed(pass string, questions int) string {
	digits := strings.FieldsFunc(pass, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 || questions == 0 {
		return ""
	}
	n, err := strconv.Atoi(digits[0])
	if err != nil || n > 100 && n > questions {
		return ""
	}
	if strings.Contains(pass, "%") || n > questions {
		n = (n*questions + 99) / 100
	}
	return strconv.Itoa(n)
}
