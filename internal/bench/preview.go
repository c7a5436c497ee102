package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// previewed is what a preview server was measured to do.
type previewed struct {
	first  time.Duration // from its start to the first whole page
	edits  []time.Duration
	memory int64 // bytes, the peak
}

const (
	previewEdits = 15
	previewLimit = 2 * time.Minute
)

// preview measures a server: args start it on the port that {port} stands for,
// on the content folder; page is the address of the page that is edited. An
// edit is timed from the rename that saves it to the first answer that has it.
func preview(args []string, content, page string) (previewed, error) {
	port, err := freePort()
	if err != nil {
		return previewed{}, err
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "{port}", strconv.Itoa(port))
	}
	cmd := exec.Command(args[0], args[1:]...)
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return previewed{}, err
	}
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
	}()
	address := fmt.Sprintf("http://localhost:%d/%s", port, page)
	file := filepath.Join(content, filepath.FromSlash(strings.TrimSuffix(page, "/"))+".md")
	before, err := os.ReadFile(file)
	if err != nil {
		return previewed{}, err
	}
	defer os.WriteFile(file, before, 0o644)
	if err := until(address, "</html>"); err != nil {
		return previewed{}, err
	}
	p := previewed{first: time.Since(start)}
	time.Sleep(3 * time.Second) // past the time in which stamps prove nothing; the machine calms down
	for i := range previewEdits {
		mark := fmt.Sprintf("Edited %d at %d.", i, time.Now().UnixNano())
		took, err := save(file, slices.Concat(before, []byte("\n"+mark+"\n")), address, mark)
		if err != nil {
			return p, err
		}
		p.edits = append(p.edits, took)
		time.Sleep(300 * time.Millisecond) // nobody saves faster
	}
	slices.Sort(p.edits)
	p.memory, err = peak(cmd.Process.Pid)
	return p, err
}

// save replaces the file as editors do, and waits for the page.
func save(file string, text []byte, address, mark string) (time.Duration, error) {
	if err := os.WriteFile(file+".tmp~", text, 0o644); err != nil {
		return 0, err
	}
	start := time.Now()
	if err := os.Rename(file+".tmp~", file); err != nil {
		return 0, err
	}
	err := until(address, mark)
	return time.Since(start), err
}

// until asks again and again until the page is there and has the text.
func until(address, text string) error {
	end := time.Now().Add(previewLimit)
	for time.Now().Before(end) {
		a, err := http.Get(address)
		if err == nil {
			body, _ := io.ReadAll(a.Body)
			a.Body.Close()
			if a.StatusCode == 200 && bytes.Contains(body, []byte(text)) {
				return nil
			}
		}
		time.Sleep(2 * time.Millisecond) // oftener would take the server's time
	}
	return errors.New(address + " never had " + text)
}

// freePort finds a port that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// peak is the most memory that a process has had, where Linux tells.
func peak(pid int) (int64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, nil
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10, err
		}
	}
	return 0, nil
}

// measurePreviews prints the preview rows, beside Hugo's where there is one.
func measurePreviews(dir, bin, content string) error {
	ours, err := preview([]string{bin, "serve", "--quiet", "--source", content, "--port", "{port}"}, content, "standards/page-00007/")
	if err != nil {
		return err
	}
	fmt.Printf("\npreview, edit to served    median %s, worst %s\n", ms(ours.edits[len(ours.edits)/2]), ms(ours.edits[len(ours.edits)-1]))
	fmt.Printf("preview, first page        %s, peak memory %d MB\n", ms(ours.first), ours.memory>>20)
	hugo, err := exec.LookPath("hugo")
	if err != nil {
		return nil
	}
	site := filepath.Join(dir, "hugo")
	if err := HugoSite(site, content); err != nil {
		return err
	}
	theirs, err := preview([]string{hugo, "server", "--source", site, "--port", "{port}", "--renderToMemory", "--disableLiveReload", "--quiet"}, content, "standards/page-00007/")
	if err != nil {
		return err
	}
	fmt.Printf("hugo server                median %s, worst %s; first page %s, peak memory %d MB\n", ms(theirs.edits[len(theirs.edits)/2]),
		ms(theirs.edits[len(theirs.edits)-1]), ms(theirs.first), theirs.memory>>20)
	fmt.Printf("ours to hugo's             edit %.2f, first page %.2f (bar 0.20)\n",
		float64(ours.edits[len(ours.edits)/2])/float64(theirs.edits[len(theirs.edits)/2]), ours.first.Seconds()/theirs.first.Seconds())
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }
