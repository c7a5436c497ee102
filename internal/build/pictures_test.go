package build

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/picture"
)

// gps stands in the notes of photos and must never get out.
const gps = "52.5163N 13.3777E"

// photo is a JPEG with edges and grain of every size, as leaves and streets
// have them, whose notes name a place, as phones write them.
func photo(w, h int, seed uint64) []byte {
	m, r := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420), rand.New(rand.NewPCG(seed, 2))
	for i := range m.Y {
		m.Y[i] = byte(60 + 60*i/len(m.Y) + int(r.Uint64()%21))
	}
	for size := 512; size >= 2; size /= 2 {
		for y := 0; y < h; y += size {
			for x := 0; x < w; x += size {
				tone := byte(r.Uint64() % 12)
				for i := y; i < min(y+size, h); i++ {
					for j := x; j < min(x+size, w); j++ {
						m.Y[i*m.YStride+j] += tone
					}
				}
			}
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = byte(118+r.Uint64()%5), byte(130+20*i/len(m.Cb))
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		panic(err)
	}
	// Tag 0x8825 leads to the block of the place, which here is a text.
	note := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00" + gps)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(note)+2))
	return slices.Insert(b.Bytes(), 2, append(segment, note...)...)
}

// drawn is a PNG of two colours.
func drawn(w, h, n int) []byte {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Gray{Y: uint8(n)}})
	for i := range m.Pix {
		m.Pix[i] = uint8(i / 7 % 2)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// shop is a site of a page and files, all older than any reading.
func shop(files map[string]string) fstest.MapFS {
	content := fstest.MapFS{}
	for name, text := range files {
		content[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644, ModTime: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	return content
}

func run(t testing.TB, b *Builder, content fs.FS, store picture.Store) (*Result, map[string][]byte) {
	t.Helper()
	r, err := b.Run(context.Background(), Input{Content: content, Pictures: store, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}})
	if err != nil {
		t.Fatal(err)
	}
	files, err := r.Tree.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return r, files
}

// TestPhotoForPhones holds what a phone downloads for a photo of twelve
// megapixels, and what it is not told.
func TestPhotoForPhones(t *testing.T) {
	if testing.Short() {
		t.Skip("a photo of twelve megapixels takes seconds")
	}
	data := photo(4000, 3000, 1)
	if len(data) < 5<<20 || !bytes.Contains(data, []byte(gps)) {
		t.Fatalf("this is no photo of a phone: %d bytes", len(data))
	}
	content := shop(map[string]string{"index.md": "![The till](till.jpg)\n", "till.jpg": string(data)})
	r, files := run(t, fresh(), content, nil)
	if len(r.Diags) > 0 {
		t.Error(r.Diags)
	}
	for name, data := range files {
		if bytes.Contains(data, []byte(gps)) {
			t.Errorf("%s tells the place", name)
		}
	}
	const want = `<img src="till.800.jpg" srcset="till.480.jpg 480w, till.800.jpg 800w, till.1200.jpg 1200w, till.1600.jpg 1600w" sizes="min(37.5rem, 100vw - 2rem)" width="4000" height="3000" alt="The till">`
	if !bytes.Contains(files["index.html"], []byte(want)) {
		t.Errorf("the page is %s", files["index.html"])
	}
	for _, phone := range []struct {
		width int     // pixels of its screen, as pages count them
		dense float64 // pixels of the glass to each
		want  string
	}{{360, 2, "till.800.jpg"}, {390, 3, "till.1200.jpg"}, {430, 3, "till.1200.jpg"}} {
		name := chosen(r, "till.jpg", float64(phone.width-32)*phone.dense)
		size := len(files[name])
		if t.Logf("%+v loads %s, %d bytes", phone, name, size); name != phone.want || size == 0 || size > 300_000 {
			t.Errorf("%+v loads %s, %d bytes", phone, name, size)
		}
	}
}

// chosen is what a browser takes from srcset: the narrowest copy that is wide
// enough, else the widest.
func chosen(r *Result, path string, pixels float64) string {
	for _, f := range r.Site.Files {
		if f.Path != path {
			continue
		}
		c, _ := f.Picture.Nearest(int(pixels))
		return c.Address
	}
	return ""
}

// counting is a store that tells what is asked of it, and loses what it is
// told to.
type counting struct {
	mu   sync.Mutex
	held map[string][]byte
	puts int
	lose func(name string) bool
}

func (c *counting) Get(name string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	data, ok := c.held[name]
	return data, ok && (c.lose == nil || !c.lose(name))
}

func (c *counting) Put(name string, data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[name] = data
	c.puts++
}

// TestPicturesAreKept holds that a picture is made once, and that losing what
// was kept changes nothing but the time it takes.
func TestPicturesAreKept(t *testing.T) {
	content := shop(map[string]string{
		"index.md": "![a](a.jpg) ![b](b.jpeg) ![c](c.png) ![d](d.svg)\n", "c.png": string(drawn(900, 30, 1)),
		"a.jpg": string(photo(900, 60, 1)), "b.jpeg": string(photo(700, 50, 2)), "twice/a.jpg": string(photo(900, 60, 1)),
		"d.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>`,
	})
	store := &counting{held: map[string][]byte{}}
	b := fresh()
	r, want := run(t, b, content, store)
	if len(r.Diags) > 0 || r.Stats.Pictures != 5 || r.Stats.Scaled < 4 {
		t.Fatalf("%+v %v", r.Stats, r.Diags)
	}
	puts := store.puts
	for name, c := range map[string]struct {
		b      *Builder
		store  picture.Store
		scaled int
	}{
		"another run":                {fresh(), store, 0},
		"copies lost":                {fresh(), &counting{held: store.held, lose: func(n string) bool { return strings.Contains(n, ".") }}, 0},
		"half of all lost":           {fresh(), &counting{held: maps.Clone(store.held), lose: func(n string) bool { return n[0]%2 == 0 }}, -1},
		"copies damaged":             {fresh(), damaged(store.held, "."), 0},
		"everything damaged":         {fresh(), damaged(store.held, ""), -1},
		"no store":                   {fresh(), nil, -1},
		"a store that keeps nothing": {fresh(), &counting{held: map[string][]byte{}, lose: func(string) bool { return true }}, -1},
	} {
		again, files := run(t, c.b, content, c.store)
		same(t, name, files, want)
		if c.scaled >= 0 && again.Stats.Scaled != c.scaled || again.Tree.Fingerprint != r.Tree.Fingerprint || again.Tree.Fingerprint.IsZero() {
			t.Errorf("%s: %+v", name, again.Stats)
		}
	}
	if store.puts != puts && store.puts > puts+20 {
		t.Errorf("%d results are put again", store.puts-puts)
	}
	if again, _ := run(t, b, content, store); again != r {
		t.Error("nothing has changed, and the result is another")
	}
	alone, err := Fingerprint(context.Background(), Input{Content: content, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}})
	if err != nil || alone != r.Tree.Fingerprint {
		t.Errorf("the fingerprint of an untouched folder is another: %v", err)
	}
	content["more.md"] = &fstest.MapFile{Data: []byte("# More\n")}
	if more, _ := run(t, b, content, store); more.Stats.Scaled != 0 || more.Stats.Pictures != 5 {
		t.Errorf("a page is new: %+v", more.Stats)
	}
}

// damaged is a store in which the results whose name has the part are cut.
func damaged(held map[string][]byte, part string) *counting {
	c := &counting{held: map[string][]byte{}}
	for name, data := range held {
		if strings.Contains(name, part) {
			data = data[:len(data)/2]
		}
		c.held[name] = data
	}
	return c
}

// TestChangedWhileWritten holds that nobody gets the bytes of another picture
// than the one that was looked at.
func TestChangedWhileWritten(t *testing.T) {
	content := shop(map[string]string{"index.md": "# Home\n", "a.jpg": string(photo(900, 60, 1))})
	b := fresh()
	r, err := b.Run(context.Background(), Input{Content: content})
	if err != nil {
		t.Fatal(err)
	}
	b.shelf = shelf{}
	content["a.jpg"] = &fstest.MapFile{Data: photo(900, 60, 2)}
	if _, err := r.Tree.Bytes(); err == nil || !strings.Contains(err.Error(), "build again") {
		t.Errorf("%v", err)
	}
}

// TestUnusablePictures holds that each gives one finding, with its own place,
// and is not published; and that a site may trust its drawings.
func TestUnusablePictures(t *testing.T) {
	heic := "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + gps
	script := `<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>`
	files := map[string]string{
		"index.md": "![a](a.jpg) [a](a.jpg) ![b](b.png) ![c](c.HEIC) ![d](d.svg) ![e](e.tif) ![g](g.webp)\n",
		"a.jpg":    string(photo(900, 60, 1)[:2000]), "b.png": "", "c.HEIC": heic, "d.svg": script,
		"e.tif": "II*\x00" + gps, "f.avif": heic, "g.webp": string(drawn(30, 20, 1)), "h.pdf": "%PDF",
	}
	r, out := run(t, fresh(), shop(files), nil)
	var got []string
	for _, d := range r.Diags {
		got = append(got, d.Pos.Path+" "+d.Rule)
		if d.Hint == "" || d.Message == "" {
			t.Errorf("%+v", d)
		}
	}
	want := []string{"a.jpg image-broken", "b.png image-broken", "c.HEIC image-format", "d.svg image-script", "e.tif image-format", "f.avif image-format"}
	if !slices.Equal(got, want) {
		t.Errorf("findings %v", got)
	}
	for name, data := range out {
		if bytes.Contains(data, []byte(gps)) || slices.Contains([]string{"a.jpg", "b.png", "c.HEIC", "d.svg", "e.tif", "f.avif"}, name) {
			t.Errorf("%s is published", name)
		}
	}
	// A PNG that is called WebP is a picture all the same.
	if out["g.webp"] == nil || !bytes.Contains(out["index.html"], []byte(`<img src="g.webp" width="30" height="20"`)) || out["h.pdf"] == nil {
		t.Errorf("other files are missing; the page is %s", out["index.html"])
	}
	files["site.yaml"] = "raw_html: on\n"
	if r, out = run(t, fresh(), shop(files), nil); string(out["d.svg"]) != script || len(r.Diags) != len(want)-1 {
		t.Errorf("a trusted drawing is not published: %v", r.Diags)
	}
}

// unreadable is a folder of which one file cannot be opened.
type unreadable struct{ fstest.MapFS }

func (u unreadable) Open(name string) (fs.File, error) {
	if name == "a.jpg" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.Open(name)
}

func TestUnreadablePicture(t *testing.T) {
	content := shop(map[string]string{"index.md": "![a](a.jpg)\n", "a.jpg": string(photo(90, 60, 1))})
	r, out := run(t, fresh(), unreadable{content}, nil)
	if len(r.Diags) != 1 || r.Diags[0].Rule != "image-broken" || !strings.Contains(r.Diags[0].Message, "permission") || out["a.jpg"] != nil {
		t.Errorf("%v", r.Diags)
	}
}

// TestCopiesGiveWay holds that a real file keeps its address, and the formats'
// own endings keep copies of different pictures apart.
func TestCopiesGiveWay(t *testing.T) {
	own := photo(20, 10, 3)
	_, out := run(t, fresh(), shop(map[string]string{
		"index.md": "![a](a.jpg)\n", "a.jpg": string(photo(900, 60, 1)), "a.jpeg": string(photo(900, 60, 2)),
		"a.480.jpg": string(own), "x.png": string(photo(900, 60, 1)), "b.JPG": string(photo(900, 60, 4)),
	}), nil)
	var got []string
	for name := range out {
		if strings.HasSuffix(strings.ToLower(name), "g") && !strings.HasPrefix(name, "assets/") {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	want := "a.480.jpeg a.480.jpg a.800.jpeg a.800.jpg a.900.jpeg a.900.jpg a.jpeg a.jpg b.JPG b.JPG.480.jpg b.JPG.800.jpg b.JPG.900.jpg x.png x.png.480.jpg x.png.800.jpg x.png.900.jpg"
	if strings.Join(got, " ") != want {
		t.Errorf("there are %v", got)
	}
	if bytes.Equal(out["a.480.jpg"], out["a.480.jpeg"]) || len(out["a.480.jpg"]) > len(own) {
		t.Error("the author's own file is not there")
	}
	if !bytes.Contains(out["index.html"], []byte(`srcset="a.800.jpg 800w, a.900.jpg 900w"`)) {
		t.Errorf("the page is %s", out["index.html"])
	}
}

// TestWorkbench holds that no more lies open than there is room for.
func TestWorkbench(t *testing.T) {
	var b workbench
	var open, most atomic.Int64
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			n := int64(1+i%7) * (mostOpen / 5)
			back := b.take(n)
			now := open.Add(min(n, mostOpen))
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			open.Add(-min(n, mostOpen))
			back()
		})
	}
	wg.Wait()
	if most.Load() > mostOpen || b.taken != 0 {
		t.Errorf("%d MB at one time, %d left", most.Load()>>20, b.taken)
	}
}

func TestShelf(t *testing.T) {
	var s shelf
	part := make([]byte, mostHeld/4)
	for i := range 6 {
		s.Put(fmt.Sprint(i), part)
		s.Put(fmt.Sprint(i), part)
	}
	s.Put("large", make([]byte, mostHeld+1))
	var got []string
	for i := range 6 {
		if _, ok := s.Get(fmt.Sprint(i)); ok {
			got = append(got, fmt.Sprint(i))
		}
	}
	if _, ok := s.Get("large"); ok || fmt.Sprint(got) != "[2 3 4 5]" || s.size != mostHeld || len(s.order) != 4 {
		t.Errorf("held are %v, %d bytes", got, s.size)
	}
}
