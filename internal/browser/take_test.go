package browser

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestTakePictures takes the pictures of the sample site that the manual and
// README show. It changes files of the repository, so it is asked for by name:
// `make pictures`. Look at them before they are committed: another machine has
// other fonts.
func TestTakePictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("make pictures runs this")
	}
	base := sample(t)
	tab := newTab(t)
	tab.show(screen{width: 1280, scheme: "light"})
	tab.open(base)
	tab.settle()
	tab.take("home.png", 1280, 740, 1)

	tab.show(screen{width: 360, scheme: "dark"})
	tab.open(base + "policies/late-deliveries/")
	tab.settle()
	tab.take("phone.png", 360, 640, 2)

	const file = "policies/refunds.md"
	s := newStudio(t)
	s.files, s.now = content(t), today
	s.show()
	p := &preview{tab, s.http.URL + "/", s.save}
	p.tab.show(screen{width: 1000, scheme: "light"})
	p.start("policies/refunds/")
	p.write(file, strings.Replace(string(s.files[file].Data), "upset-customer.md", "upset-custmer.md", 1))
	p.until(overlay + `.open`)
	p.settle()
	p.take("preview.png", 1000, 640, 1)
}

// content is the sample's files, to be changed in memory.
func content(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("../../content")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// take writes what the tab shows on a screen of a size in CSS pixels, of which
// each is so many of the picture's, among the manual's pictures.
func (t *tab) take(name string, width, height, density int) {
	t.Helper()
	t.call("Emulation.setDeviceMetricsOverride", dict{"width": width, "height": height, "deviceScaleFactor": density, "mobile": false}, nil)
	t.settle()
	var shot struct{ Data string }
	t.call("Page.captureScreenshot", dict{"format": "png"}, &shot)
	data, err := base64.StdEncoding.DecodeString(shot.Data)
	t.must(err)
	m, err := png.Decode(bytes.NewReader(data))
	t.must(err)
	var out bytes.Buffer
	t.must((&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, fewer(m)))
	if out.Len() > 60_000 {
		t.Errorf("%s has %d bytes, which is more than a page should have to wait for", name, out.Len())
	}
	t.must(os.WriteFile(filepath.Join("../../content/using-peppermill/pictures", name), out.Bytes(), 0o644))
	t.Logf("%s: %d bytes", name, out.Len())
}

// fewer is a picture in its own 64 most frequent colours, each pixel in the
// nearest of them. A page has few colours, and shades where letters end: that
// halves the file, and nobody sees it.
func fewer(m image.Image) *image.Paletted {
	count := map[color.RGBA]int{}
	box := m.Bounds()
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(m.At(x, y)).(color.RGBA) }
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	var colours []color.RGBA
	for c := range count {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range colours[:min(64, len(colours))] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{}
	for _, c := range colours {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(box, palette)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			out.SetColorIndex(x, y, nearest[at(x, y)])
		}
	}
	return out
}
