package theme

import (
	"strconv"
	"strings"
)

const (
	// blanksGlobal is where the blanks' script leaves what others call.
	blanksGlobal = "peppermillBlanks"
	// blanksWords begins the keys of the words that the script says, beside
	// those for days.
	blanksWords = "blanks."
)

// Blanks makes the script that lets readers fill in blanks, in one language:
// the bundle, started with its words, of which those for days count where the
// language has its own. Only pages with blanks to fill in load it.
func (t *Theme) Blanks(words Words, ownDays bool) Asset {
	said := map[string]string{"blank": words.Get("blank")}
	for key, text := range words {
		if name, ok := strings.CutPrefix(key, blanksWords); ok {
			said[name] = text
		}
	}
	given := struct {
		Words map[string]string `json:"words"`
		Days  []string          `json:"days,omitempty"` // the form of a day, and the months
	}{Words: said}
	if ownDays {
		given.Days = []string{words["date.form"]}
		for month := range 12 {
			given.Days = append(given.Days, words["month."+strconv.Itoa(month+1)])
		}
	}
	return started("assets/blanks.js", t.blanks, blanksGlobal, given)
}
