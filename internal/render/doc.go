// Package render is the painter: pages of the map, in the theme's clothes,
// become bytes.
//
// In: a [site.Site] and a [theme.Theme]. Out: a [Document] for every page and
// old address. For each a closed [View] is made, which holds plain values
// only; the theme's layout sees that and nothing else, so a hash of the View,
// the layout's name and the theme's sum is an exact key for the bytes:
// delete the memory and the program is slower, never different.
//
// What many pages share is painted once: head, header and footer for each
// folder depth and section, the sidebar for each window of sixty pages. What
// is kept so grows with the number of sections, not of pages. All of it is a
// function of the page alone, so the order of calls never matters.
//
// It reports nothing about content: what is wrong there was found by parsing
// and linking. It never reads files, never asks for the time and never writes
// anything but what a caller hands it a writer for.
//
// Start at [New], then [Renderer.Page], then body.go.
package render
