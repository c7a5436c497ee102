package render

import (
	"strconv"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/theme"
)

// forms says in which ways the page can be filled in.
func (r *Renderer) forms(src *page.Page) theme.Forms {
	var out theme.Forms
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
