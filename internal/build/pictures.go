package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/picture"
	"peppermill/internal/site"
	"peppermill/internal/source"
)

// album keeps what is known of pictures, by source path, under the laws of
// memo: an entry is used again only for the same bytes, whether a drawing may
// hold scripts included, and a stamp stands for bytes only when it is settled.
type album map[string]*original

// original is one picture of the content folder.
type original struct {
	entry   source.Entry
	settled bool // the stamp proves that the bytes are the same
	scripts bool // a drawing may hold some
	sum     page.Sum
	sheet   picture.Sheet
	problem *picture.Error // why it is not published; nil for most

	again sync.Mutex // held while its copies are made again
}

// isPicture goes by the name, as a web host does: it lists what browsers show,
// and what people take for such a file.
func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp", ".svg",
		".avif", ".bmp", ".heic", ".heif", ".jxl", ".tif", ".tiff":
		return true
	}
	return false
}

// develop looks at every picture among the files that are copied, on all
// cores, and has the copies made of those that are new.
func (b *Builder) develop(ctx context.Context, tree *source.Tree, cfg *config.Config, progress func(done, total int)) (diag.List, Stats, error) {
	entries := pictures(tree)
	all := make([]*original, len(entries))
	var next, done, made atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(entries)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(entries) {
					return
				}
				p := &original{entry: entries[i], scripts: cfg.RawHTML == config.AllHTML}
				all[i] = b.look(tree.FS(), p, &made)
				if n := done.Add(1); progress != nil {
					progress(int(n), len(entries))
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, Stats{}, err
	}
	var diags diag.List
	b.album = make(album, len(all))
	for i, p := range all {
		b.album[entries[i].Path] = p
		if e := p.problem; e != nil {
			diags = append(diags, diag.Diagnostic{Rule: e.Rule, Pos: diag.Pos{Path: p.entry.Path}, Message: e.Message, Hint: e.Hint})
		}
	}
	return diags, Stats{Pictures: len(all), Scaled: int(made.Load())}, nil
}

func pictures(tree *source.Tree) []source.Entry {
	var out []source.Entry
	for _, e := range withRole(tree, source.Asset) {
		if isPicture(e.Path) {
			out = append(out, e)
		}
	}
	return out
}

// look fills in p what its bytes say, from memory where the laws allow it.
func (b *Builder) look(fsys fs.FS, p *original, made *atomic.Int64) *original {
	old := b.album[p.entry.Path]
	if old != nil && old.scripts != p.scripts {
		old = nil
	}
	if old != nil && old.settled && old.entry.Stamp == p.entry.Stamp {
		return old
	}
	now := time.Now() // decides only whether the stamp may be trusted next time
	data, err := readPicture(fsys, p.entry.Path)
	if err != nil {
		p.problem = picture.Unreadable(source.Reason(err))
		return p
	}
	p.settled, p.sum = p.entry.Stamp.Settled(now), sha256.Sum256(data)
	if old != nil && old.sum == p.sum {
		p.sheet, p.problem = old.sheet, old.problem
		return p
	}
	if p.sheet, err = b.sheet(data, p.sum, made); err == nil && p.sheet.Format == picture.SVG && !p.scripts {
		err = picture.UnsafeSVG(data)
	}
	if err != nil && !errors.As(err, &p.problem) {
		p.problem = picture.Unreadable(err.Error())
	}
	return p
}

// sheet finds what was once made of a picture, or makes it.
func (b *Builder) sheet(data []byte, sum page.Sum, made *atomic.Int64) (picture.Sheet, error) {
	key := picture.KeyOf(sum, picture.Widths())
	if s, ok := picture.Kept(&b.shelf, key); ok {
		return s, nil
	}
	made.Add(1)
	return b.makeSheet(&b.shelf, key, data)
}

// makeSheet makes the copies of a picture once there is room to open it.
func (b *Builder) makeSheet(store picture.Store, key string, data []byte) (picture.Sheet, error) {
	info, err := picture.Probe(data)
	if err != nil {
		return picture.Sheet{}, err
	}
	defer b.bench.take(info.Memory + 3*int64(len(data)))()
	return picture.Make(store, key, data, picture.Widths())
}

// readPicture reads no more of a file than it takes to say that it is too large.
func readPicture(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, picture.MaxBytes+1))
}

// sort divides the files that are copied into those that the site may have,
// with what is known of the pictures among them, and those that it may not.
func (a album) sort(files []string) (usable, unusable []string, known map[string]site.Picture) {
	known = make(map[string]site.Picture, len(a))
	for _, f := range files {
		p := a[f]
		switch {
		case p == nil:
			usable = append(usable, f)
		case p.problem != nil:
			unusable = append(unusable, f)
		default:
			usable, known[f] = append(usable, f), p.shown()
		}
	}
	return usable, unusable, known
}
