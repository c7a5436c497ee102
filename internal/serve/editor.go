package serve

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// editors are the beginnings that an editor's address may have: each is known
// to open a file, and to do nothing else. The last words of a scheme like
// vscode: can also install an extension or run a command, so a scheme alone is
// not enough.
var editors = []string{
	"vscode://file/", "vscode-insiders://file/", "vscodium://file/", "cursor://file/", "windsurf://file/", "zed://file/",
	"vscode://vscode-remote/wsl+",
	"idea://open?", "pycharm://open?", "phpstorm://open?", "webstorm://open?", "goland://open?", "rubymine://open?",
	"subl://open?", "txmt://open?", "mvim://open?", "emacs://open?", "nova://open?",
}

// CheckEditor says what is wrong with an editor's address, in words for whoever
// set it. Empty is right: there is none. A right one begins as one of the known
// editors' do and has {path}, and may have {line} and {column}.
func CheckEditor(template string) error {
	if template == "" {
		return nil
	}
	known := false
	for _, e := range editors {
		known = known || strings.HasPrefix(template, e)
	}
	rest := strings.NewReplacer("{path}", "", "{line}", "", "{column}", "").Replace(template)
	switch {
	case !known:
		return fmt.Errorf("the editor's address must begin in a way that is known to open a file, such as %s", editors[0])
	case strings.Count(template, "{path}") != 1:
		return fmt.Errorf("the editor's address must have {path} once, as in vscode://file/{path}:{line}:{column}")
	case strings.ContainsAny(rest, "{}<>\"'`\\ ") || strings.ContainsFunc(rest, unicode.IsControl):
		return fmt.Errorf("the editor's address may have {path}, {line} and {column}, and no other braces, quotes or spaces")
	}
	return nil
}

// editorLink is the address that opens a place, or "" when there is none.
func (s *Server) editorLink(path string, line, column int) string {
	if s.options.Editor == "" || path == "" {
		return ""
	}
	file := s.options.Absolute(path)
	if file == "" {
		return ""
	}
	file = escapePath(strings.ReplaceAll(file, `\`, "/"))
	before, after, _ := strings.Cut(s.options.Editor, "{path}")
	if strings.HasSuffix(before, "/") && !strings.HasSuffix(before, "//") {
		file = strings.TrimPrefix(file, "/") // file/{path} has the slash already
	}
	place := strings.NewReplacer("{line}", strconv.Itoa(max(line, 1)), "{column}", strconv.Itoa(max(column, 1)))
	return place.Replace(before) + file + place.Replace(after)
}

// escapePath writes everything as %XX that could end a path, in a query too,
// but for the colon of a Windows drive.
func escapePath(path string) string {
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/", c) >= 0,
			c == ':' && i == 1:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
