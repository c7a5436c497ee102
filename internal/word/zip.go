package word

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"sync"
)

// Press writes files one after the other, from any goroutine. What is the same
// in all of a site's files it packs once.
type Press struct {
	same sync.Map // name with what it is made from → packed

	// One is over a megabyte, so they are kept from the collector, as a Pool's
	// are not.
	mu      sync.Mutex
	packers []*flate.Writer
}

// packed is a part of the file as the archive holds it.
type packed struct {
	data []byte
	size int
	sum  uint32
	how  uint16
}

func (p *Press) pack(text []byte) (packed, error) {
	var b bytes.Buffer
	w, err := p.take()
	if err != nil {
		return packed{}, err
	}
	defer p.giveBack(w)
	w.Reset(&b)
	if _, err := w.Write(text); err != nil {
		return packed{}, err
	}
	err = w.Close()
	return packed{b.Bytes(), len(text), crc32.ChecksumIEEE(text), zip.Deflate}, err
}

func (p *Press) take() (*flate.Writer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.packers); n > 0 {
		w := p.packers[n-1]
		p.packers = p.packers[:n-1]
		return w, nil
	}
	return flate.NewWriter(io.Discard, flate.BestSpeed)
}

func (p *Press) giveBack(w *flate.Writer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.packers = append(p.packers, w)
}

// archive is a file that is being put together.
type archive struct {
	press *Press
	zip   *zip.Writer
	err   error
}

// part adds a part of this file alone.
func (a *archive) part(name string, text []byte) {
	if len(text) < worthPacking {
		a.put(name, stored(text))
	} else if a.err == nil {
		var own packed
		own, a.err = a.press.pack(text)
		a.put(name, own)
	}
}

// common adds a part that other files have too: of is all that it depends on.
func (a *archive) common(name, of string, text func() string) {
	key := name + "\x00" + of
	known, ok := a.press.same.Load(key)
	if !ok && a.err == nil {
		known, a.err = a.press.pack([]byte(text()))
		a.press.same.Store(key, known)
	}
	if a.err == nil {
		a.put(name, known.(packed))
	}
}

// picture adds bytes that are packed already.
func (a *archive) picture(name string, data []byte) {
	a.put(name, stored(data))
}

func stored(data []byte) packed {
	return packed{data, len(data), crc32.ChecksumIEEE(data), zip.Store}
}

// worthPacking is from how many bytes on packing a part saves more than it
// costs.
const worthPacking = 400

// firstDay is 1 January 1980, the first day that an archive can name.
const firstDay = 1<<5 | 1

func (a *archive) put(name string, p packed) {
	if a.err != nil {
		return
	}
	var w io.Writer
	w, a.err = a.zip.CreateRaw(&zip.FileHeader{
		Name: name, Method: p.how, CRC32: p.sum,
		ModifiedDate:     firstDay, //lint:ignore SA1019 CreateRaw does not look at Modified
		CompressedSize64: uint64(len(p.data)), UncompressedSize64: uint64(p.size),
	})
	if a.err == nil {
		_, a.err = w.Write(p.data)
	}
}
