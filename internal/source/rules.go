package source

import "peppermill/internal/diag"

const (
	ruleUnreadable = "file-unreadable"
	ruleName       = "file-name"
	ruleLink       = "file-link"
	ruleSpecial    = "file-special"
	ruleEncoding   = "file-encoding"
	ruleSize       = "file-size"
	ruleInclude    = "include-missing"
	ruleLoop       = "include-loop"
)

// Rules lists the findings that this room reports.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: ruleUnreadable, Class: diag.Fix, About: "A file or folder of the content exists but cannot be read."},
		{Name: ruleName, Class: diag.Fix, About: "A file name holds characters that no web address can carry."},
		{Name: ruleLink, Class: diag.Fix, About: "A symbolic link leads out of the content folder, to a folder or to nothing."},
		{Name: ruleSpecial, Class: diag.Tip, About: "A pipe, socket or device stands in the content folder."},
		{Name: ruleEncoding, Class: diag.Fix, About: "A text file is not valid UTF-8."},
		{Name: ruleSize, Class: diag.Fix, About: "A text file is larger than a page may be."},
		{Name: ruleInclude, Class: diag.Fix, About: "An included file, or a line of it, does not exist."},
		{Name: ruleLoop, Class: diag.Fix, About: "Included files include each other, or nest too deeply."},
	}
}
