package markdown

import "slices"

// blockKinds are the kinds of ::: blocks.
var blockKinds = []string{"say", "avoid", "staff", "compare", "decision", "steps", "cards", "tabs", "tab", "details"}

// alertKinds are GitHub's five kinds of alerts, which have words of the
// interface as titles.
var alertKinds = []string{"note", "tip", "important", "warning", "caution"}

var knownKinds = append(slices.Clone(blockKinds), alertKinds...)

func isKnownKind(kind string) bool {
	return slices.Contains(knownKinds, kind) || alertLook(kind) != ""
}

// alertLook gives the one of the five kinds that another tool's kind looks
// like, or "".
func alertLook(kind string) string {
	switch kind {
	case "note", "info", "todo", "abstract", "summary", "tldr", "example", "quote", "cite", "question", "help", "faq", "aside", "seealso":
		return "note"
	case "tip", "hint", "success", "check", "done":
		return "tip"
	case "important":
		return "important"
	case "warning", "attention":
		return "warning"
	case "caution", "danger", "error", "bug", "failure", "fail", "missing":
		return "caution"
	}
	return ""
}
