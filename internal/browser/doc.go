// Package browser holds the tests that look at built sites with a real
// browser: is everything usable by everybody, quiet, within its own walls and
// safe from what an author pastes?
//
// In goes testdata/site.txtar, one small site with every kind of page and of
// Markdown, built and written as the command does it. It is opened in the
// machine's Chromium in the three ways people open one: at the root of a web
// server, in a subfolder of one, and by double-click. Out comes nothing: this
// package has tests only and is no part of the binary.
//
// The tests drive Chromium over a pipe with its DevTools protocol, in some two
// hundred lines of chromium_test.go and tab_test.go, rather than through a
// library: the protocol's few methods that are needed here have been stable for
// years, the pipe asks for no WebSocket and no free port, and Chromium ends by
// itself when the pipe closes, however the tests end. They wait for events,
// never for time to pass, and never reach past this machine.
//
// A machine without Chromium, axe-core or poppler's pdftohtml skips what needs it
// and says what to run (`make browser`); under CI=true each is a failure. CHROMIUM names
// another browser, AXE_CORE the path of axe.min.js.
//
// Two tests run only when they are asked for: `make lighthouse` holds the
// sample site to Lighthouse's judgement, `make pictures` takes the manual's
// pictures of it anew.
//
// Start at site_test.go for what is opened and how, then at any other test.
package browser
