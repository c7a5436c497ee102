package source

import (
	"path"
	"strings"
)

// RoleOf tells by its path what a file is for.
func RoleOf(name string) Role {
	switch first, rest, _ := strings.Cut(name, "/"); {
	case name == "site.yaml":
		return Settings
	case first == "_data" && rest != "":
		return Data
	case first == "_profiles" && rest != "":
		return Profile
	case first == "_theme" && rest != "":
		return Theme
	case IsMarkdown(name):
		return Page
	}
	return Asset
}

// IsMarkdown reports whether a path names a page's source.
func IsMarkdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// Ignored reports whether a path is no part of the site: folders whose names
// begin with "_" (but for _data, _profiles and _theme at the top), everything
// that begins with "." (but for .well-known and .nojekyll at the top, which
// hosts ask for), and what editors and operating systems leave behind.
func Ignored(name string, folder bool) bool {
	base := path.Base(name)
	switch {
	case folder && (name == "_data" || name == "_profiles" || name == "_theme" || name == ".well-known"):
		return false
	case !folder && name == ".nojekyll":
		return false
	case base[0] == '.', folder && (base[0] == '_' || base == "node_modules"), Leftover(base):
		return true
	}
	return false
}

func matchesAny(patterns []string, name string) bool {
	for _, p := range patterns {
		if Match(p, name) {
			return true
		}
	}
	return false
}

// Leftover reports whether a file name is that of something left behind, which is
// no content: the temporary and backup files of vim, Emacs, VS Code, JetBrains,
// Office and the usual operating systems.
func Leftover(base string) bool {
	switch {
	case strings.HasSuffix(base, "~"), strings.HasSuffix(base, ".swp"), strings.HasSuffix(base, ".swx"),
		strings.HasSuffix(base, ".crswap"), strings.HasSuffix(base, ".orig"), strings.HasSuffix(base, ".rej"),
		strings.HasSuffix(base, ".tmp"), strings.HasSuffix(base, "___jb_tmp___"), strings.HasSuffix(base, "___jb_old___"):
		return true
	case strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#"), strings.HasPrefix(base, "~$"):
		return true
	case base == "4913", base == "Thumbs.db", base == "desktop.ini":
		return true
	}
	return false
}

// Match reports whether a path matches a pattern of site.yaml: path.Match's
// language, where a pattern without "/" is held against the last element, one
// ending in "/" or "/**" against everything below that folder.
func Match(pattern, name string) bool {
	pattern = strings.TrimPrefix(pattern, "/")
	if folder, ok := strings.CutSuffix(strings.TrimSuffix(pattern, "**"), "/"); ok {
		return name == folder || strings.HasPrefix(name, folder+"/")
	}
	if !strings.Contains(pattern, "/") {
		name = path.Base(name)
	}
	ok, _ := path.Match(pattern, name)
	return ok
}
