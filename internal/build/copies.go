package build

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"peppermill/internal/output"
	"peppermill/internal/picture"
	"peppermill/internal/site"
)

// shown is what pages have to know of the picture. A copy with the bytes of
// the original is not published twice.
func (p *original) shown() site.Picture {
	s := site.Picture{Width: p.sheet.Width, Height: p.sheet.Height}
	for _, c := range p.sheet.Copies {
		address := p.entry.Path
		if c.Sum != p.sheet.Original.Sum {
			address = copyAddress(address, c)
		}
		s.Copies = append(s.Copies, site.SizedCopy{Width: c.Width, Address: address})
	}
	return s
}

// copyAddress puts the width before the picture's ending: till.800.jpg. Where
// the copy is of another format than the name says, as a photo that came as
// WebP, it gets an ending of its own: till.webp.800.jpg.
func copyAddress(original string, c picture.Copy) string {
	ext := path.Ext(original)
	stem := strings.TrimSuffix(original, ext)
	if !fits(ext, c.Format) {
		stem, ext = original, "."+c.Format.String()
	}
	return stem + "." + strconv.Itoa(c.Width) + ext
}

// fits reports whether a web host would serve a file with the ending as of the
// format.
func fits(ext string, f picture.Format) bool {
	switch f {
	case picture.JPEG:
		return ext == ".jpg" || ext == ".jpeg"
	case picture.PNG:
		return ext == ".png"
	}
	return false
}

// copies gives the output a picture's cleaned original and the copies that
// have an address, and notes in lent who has the bytes.
func (b *Builder) copies(fsys fs.FS, f site.File, lent map[string]*developed, add func(path string, open func() (output.Content, error))) {
	p := b.album[f.Path]
	put := func(address string, c picture.Copy) {
		d := &developed{b, fsys, p, c}
		lent[address] = d
		add(address, func() (output.Content, error) { return d, nil })
	}
	put(f.Address, p.sheet.Original)
	for _, shown := range f.Picture.Copies {
		for _, c := range p.sheet.Copies {
			if shown.Address != f.Address && c.Width == shown.Width {
				put(shown.Address, c)
			}
		}
	}
}

// developed is one file that was made of a picture. Its bytes are fetched when
// they are written, and made again when the shelf has forgotten them.
type developed struct {
	b    *Builder
	fsys fs.FS
	p    *original
	copy picture.Copy
}

// Key is the hash of the contents.
func (d *developed) Key() output.Sum { return d.copy.Sum }

// WriteTo writes the contents in one piece.
func (d *developed) WriteTo(w io.Writer) (int64, error) {
	data, ok := d.copy.Bytes(&d.b.shelf)
	if !ok {
		var err error
		if data, err = d.again(); err != nil {
			return 0, err
		}
	}
	n, err := w.Write(data)
	return int64(n), err
}

var errChanged = errors.New("the picture has changed while the site was being built; build again")

// again makes the picture's copies once more, all of them, as the others will
// be asked for next.
func (d *developed) again() ([]byte, error) {
	d.p.again.Lock()
	defer d.p.again.Unlock()
	if data, ok := d.copy.Bytes(&d.b.shelf); ok {
		return data, nil
	}
	data, err := readPicture(d.fsys, d.p.entry.Path)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != d.p.sum {
		return nil, errChanged
	}
	made := tray{}
	if _, err := d.b.makeSheet(made, picture.KeyOf(d.p.sum, picture.Widths()), data); err != nil {
		return nil, err
	}
	own, ok := d.copy.Bytes(made)
	if !ok {
		return nil, errChanged
	}
	for name, data := range made {
		d.b.shelf.Put(name, data)
	}
	return own, nil
}
