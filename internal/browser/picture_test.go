package browser

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"peppermill/internal/build"
)

// gallery is a page with a logo, a photo above text and others below it. A
// browser that has a wide copy of a photo already does not fetch a narrow one,
// so the small one is of another.
func gallery(t *testing.T) string {
	t.Helper()
	var photo bytes.Buffer
	m := image.NewYCbCr(image.Rect(0, 0, 2000, 1000), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = byte(i % 2000 / 8)
	}
	if err := jpeg.Encode(&photo, m, nil); err != nil {
		t.Fatal(err)
	}
	b, err := started()
	need(t, err)
	dir := filepath.Join(b.profile, t.Name())
	_, err = write(dir, fstest.MapFS{
		"site.yaml": {Data: []byte("title: Pictures\nlogo: logo.jpg\n")}, "logo.jpg": {Data: photo.Bytes()}, "shop/till.jpg": {Data: photo.Bytes()}, "shop/door.jpg": {Data: photo.Bytes()},
		"index.md":     {Data: []byte("# Pictures\n\n![The till](shop/till.jpg)\n\nText.\n\n![The door](shop/door.jpg){width=200}\n\n> ![The till](shop/till.jpg)\n\nMore text.\n")},
		"shop/more.md": {Data: []byte("# More\n")},
	}, build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var measures = regexp.MustCompile(` (width|height)="\d+"`)

// slowly serves a folder whose photos arrive when they are let go. Without
// measures, pages do not say how large a picture will be.
func slowly(t *testing.T, dir string, without bool) (base string, letGo func()) {
	t.Helper()
	wait := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path
		if strings.HasSuffix(name, ".jpg") {
			<-wait
		}
		if without && name == "/" {
			data, err := os.ReadFile(filepath.Join(dir, "index.html"))
			if err == nil {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Write(measures.ReplaceAll(data, nil))
			}
			return
		}
		http.FileServerFS(os.DirFS(dir)).ServeHTTP(w, r)
	}))
	letGo = sync.OnceFunc(func() { close(wait) })
	t.Cleanup(func() { letGo(); server.Close() })
	return server.URL + "/", letGo
}

const (
	watchShifts = `window.shifts = []; window.eye = new PerformanceObserver(l => shifts.push(...l.getEntries())); eye.observe({type: "layout-shift", buffered: true})`
	twoFrames   = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`
	arrived     = `Promise.all([...document.images].map(i => { i.loading = "eager"; return i.decode() })).then(() => ` + twoFrames + `)`
	shifted     = `shifts.push(...eye.takeRecords()), shifts.reduce((sum, s) => sum + s.value, 0)`
)

// TestNothingJumps looks at a page while its pictures are on their way and
// when they have come: nothing may move (the sum of what web.dev calls
// cumulative layout shift is nought). Without measures, something does.
func TestNothingJumps(t *testing.T) {
	t.Parallel()
	dir := gallery(t)
	for _, without := range []bool{false, true} {
		for _, width := range []int{390, 1280} {
			tab := newTab(t)
			tab.show(screen{width: width, scheme: "light"})
			base, letGo := slowly(t, dir, without)
			from := tab.now()
			tab.call("Page.navigate", dict{"url": base}, nil)
			tab.await(from, "the page's text", func(m message) bool {
				return m.Method == "Page.lifecycleEvent" && strings.Contains(string(m.Params), `"firstContentfulPaint"`)
			})
			tab.eval(watchShifts, nil)
			tab.eval(twoFrames, nil)
			letGo()
			tab.eval(arrived, nil)
			var sum float64
			tab.eval(shifted, &sum)
			if without != (sum > 0) {
				t.Errorf("%d px wide, without measures %v: the page has shifted by %v", width, without, sum)
			}
		}
	}
}

// TestPhoneChooses holds which copy a browser takes.
func TestPhoneChooses(t *testing.T) {
	t.Parallel()
	base, letGo := slowly(t, gallery(t), false)
	letGo()
	for _, c := range []struct {
		width int
		dense float64
		want  string
	}{{360, 2, "till.800.jpg door.480.jpg"}, {390, 3, "till.1200.jpg door.800.jpg"}, {1280, 1, "till.800.jpg door.480.jpg"}, {1280, 2, "till.1200.jpg door.480.jpg"}} {
		tab := newTab(t)
		tab.call("Emulation.setDeviceMetricsOverride", dict{"width": c.width, "height": 800, "deviceScaleFactor": c.dense, "mobile": c.dense > 2}, nil)
		tab.open(base)
		tab.eval(arrived, nil)
		var got string
		tab.eval(`[...document.images].slice(1, 3).map(i => i.currentSrc.split("/").pop()).join(" ")`, &got)
		if got != c.want {
			t.Errorf("%+v: it takes %s", c, got)
		}
		var column float64
		if tab.eval(`document.images[1].getBoundingClientRect().width`, &column); column > 656 {
			t.Errorf("%+v: the picture is %v px wide; the page says 600", c, column)
		}
	}
}
