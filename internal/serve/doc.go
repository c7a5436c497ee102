// Package serve is the window: a preview of the site over HTTP, from a snapshot
// in memory that is swapped whole.
//
// In goes a [Build] each time the site was made again ([Server.Show]): the tree
// of output files, facts about its pages, and the findings. Out come the site's
// own bytes at its own addresses, with one script element added to each page at
// answer time ([Bare] takes it off again), and below /_peppermill/ what that
// script asks for: a stream of events and two small JSON answers.
//
// What always holds:
//
//   - A request sees one snapshot from beginning to end, so a page is never
//     half of one build and half of another.
//   - A page is rendered when it is asked for, and kept in bounded memory.
//   - What an author breaks does not go away: the last good bytes stand in for
//     a page whose source cannot be read or whose layout fails, until the source
//     is mended or gone. A source that is gone is 404 at once.
//   - Only somebody in front of this machine is answered. Every request passes
//     the guards of guard.go before anything is looked up, because any web page
//     in the same browser can send requests here.
//
// It never builds, never reads content but by opening entries of the tree,
// never writes a file, never starts a process, and never lets another origin
// read an answer: there is no Access-Control header anywhere.
//
// [Server.Show] always wakes the browsers. Whether a build differs from the one
// before is the caller's to know: without a difference, do not call it.
//
// Start at [Server.Show], then ServeHTTP in handler.go.
package serve
