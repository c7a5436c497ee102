package browser

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"peppermill/internal/build"
	"peppermill/internal/output"
)

// TestLighthouse asks Lighthouse for its opinion of the sample site, as a
// phone on a slow network sees it, on a host that compresses and lets files be
// kept. It takes minutes and wants a quiet machine, so it is asked for by name:
// `make lighthouse`.
func TestLighthouse(t *testing.T) {
	if os.Getenv("LIGHTHOUSE") == "" {
		t.Skip("make lighthouse runs this")
	}
	script, err := lighthouse()
	need(t, err)
	browser, err := find()
	need(t, err)
	base := sample(t)
	for _, page := range []string{"", "articles/why-write-it-down/", "policies/refunds/", "policies/"} {
		var best report
		// What else a machine does looks like a slow page: the best of three.
		for range 3 {
			if best = better(best, judgement(t, script, browser, base+page)); len(best.wrong) == 0 {
				break
			}
		}
		t.Logf("/%s: %s", page, best)
		for _, wrong := range best.wrong {
			t.Errorf("/%s: %s", page, wrong)
		}
	}
}

// lighthouse is the path of Lighthouse's command, where `make lighthouse` puts it.
func lighthouse() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "peppermill-axe", "node_modules", "lighthouse", "cli", "index.js")
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("no Lighthouse (%w); run `make lighthouse`", err)
	}
	return path, nil
}

// today is the day on which the sample site is looked at.
var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// sample builds this repository's content and shows it as a good host does. It
// returns the site's address, which its pages know.
func sample(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	server := httptest.NewServer(host(http.FileServerFS(os.DirFS(dir))))
	t.Cleanup(server.Close)
	r, err := new(build.Builder).Run(context.Background(), build.Input{
		Content: os.DirFS("../../content"),
		Options: build.Options{Now: today, BaseURL: server.URL},
	})
	if err == nil && !r.Publishable() {
		err = complaint(r.Diags)
	}
	if err == nil {
		_, err = output.Sync(context.Background(), dir, r.Tree, output.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return server.URL + "/"
}

// host compresses what is text and says how long it may be kept: for good what
// has its contents' hash in its name, pages until they are asked for again.
func host(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		keep := "no-cache"
		if strings.HasPrefix(r.URL.Path, "/assets/") {
			keep = "public, max-age=31536000, immutable"
		}
		w.Header().Set("Cache-Control", keep)
		text := []string{"", ".html", ".css", ".js", ".svg", ".xml", ".json", ".txt"}
		if !slices.Contains(text, filepath.Ext(r.URL.Path)) || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			files.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Range") // of the uncompressed bytes
		w.Header().Set("Vary", "Accept-Encoding")
		zip := gzip.NewWriter(io.Discard)
		z := &zipped{ResponseWriter: w, zip: zip}
		files.ServeHTTP(z, r)
		if z.begun {
			zip.Close()
		}
	})
}

// zipped is an answer that is compressed, if it has a body.
type zipped struct {
	http.ResponseWriter
	zip   *gzip.Writer
	begun bool
}

func (z *zipped) WriteHeader(code int) {
	if code == http.StatusOK || code == http.StatusNotFound {
		z.Header().Del("Content-Length")
		z.Header().Set("Content-Encoding", "gzip")
		z.zip.Reset(z.ResponseWriter)
		z.begun = true
	}
	z.ResponseWriter.WriteHeader(code)
}

func (z *zipped) Write(data []byte) (int, error) {
	if !z.begun {
		z.WriteHeader(http.StatusOK)
	}
	return z.zip.Write(data)
}

// report is one judgement: a score of each category, and what cost points.
type report struct {
	scores map[string]float64 // 0 to 1
	wrong  []string
}

func (r report) String() string {
	var out []string
	for name, score := range r.scores {
		out = append(out, fmt.Sprintf("%s %.0f", name, 100*score))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// better is the report with fewer points lost; the zero report is none.
func better(a, b report) report {
	sum := func(r report) (s float64) {
		for _, score := range r.scores {
			s += score
		}
		return s
	}
	if sum(a) > sum(b) {
		return a
	}
	return b
}

// judgement runs Lighthouse on one address.
func judgement(t *testing.T, script, browser, address string) report {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", script, address, "--output=json", "--quiet", "--no-enable-error-reporting",
		"--only-categories=performance,accessibility,best-practices,seo",
		"--chrome-flags=--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --disable-component-update --disable-sync")
	cmd.Env = append(os.Environ(), "CHROME_PATH="+browser)
	data, err := cmd.Output()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		t.Fatalf("%v: %s", err, failed.Stderr)
	} else if err != nil {
		t.Fatal(err)
	}
	var said struct {
		RuntimeError struct{ Message string }
		Categories   map[string]struct {
			Score     *float64
			AuditRefs []struct {
				ID     string
				Weight float64
			}
		}
		Audits map[string]struct {
			Title, DisplayValue string
			Score               *float64
		}
	}
	if err := json.Unmarshal(data, &said); err != nil || said.RuntimeError.Message != "" || len(said.Categories) != 4 {
		t.Fatalf("%s: no judgement in four categories: %v %s", address, err, said.RuntimeError.Message)
	}
	out := report{scores: map[string]float64{}}
	for name, c := range said.Categories {
		if c.Score == nil {
			t.Fatalf("%s: no score for %s", address, name)
		}
		out.scores[name] = *c.Score
		if *c.Score == 1 {
			continue
		}
		out.wrong = append(out.wrong, fmt.Sprintf("%s %.0f", name, 100**c.Score))
		for _, ref := range c.AuditRefs {
			if a := said.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
				out.wrong = append(out.wrong, fmt.Sprintf("%s: %s %s", ref.ID, a.Title, a.DisplayValue))
			}
		}
	}
	slices.Sort(out.wrong)
	return out
}
