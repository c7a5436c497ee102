package site

import (
	"slices"

	"peppermill/internal/diag"
)

// copyFiles gives each file that is no page its own path as its address.
func (l *linker) copyFiles() {
	l.site.Files = make([]File, 0, len(l.in.Files))
	l.names.files = make(map[string]int32, len(l.in.Files))
	for _, path := range l.in.Files {
		if problem := fileProblem(path); problem != "" {
			l.report(ruleFileUnsafe, diag.Pos{Path: path}, 0, "the file cannot be copied: "+problem, "give the file another name")
			continue
		}
		l.names.files[path] = int32(len(l.site.Files))
		l.site.Files = append(l.site.Files, File{Path: path, Address: path, Picture: l.picture(path)})
	}
	l.names.unusable = make(map[string]bool, len(l.in.Unusable))
	for _, path := range l.in.Unusable {
		l.names.unusable[path] = true
	}
}

// picture is what is known of a file that is one, to be changed here, else nil.
func (l *linker) picture(path string) *Picture {
	p, ok := l.in.Pictures[path]
	if !ok {
		return nil
	}
	p.Copies = slices.Clone(p.Copies)
	p.Copies = slices.DeleteFunc(p.Copies, func(c SizedCopy) bool { return fileProblem(c.Address) != "" })
	return &p
}
