// Package theme is the wardrobe: what pages wear. It parses the layouts,
// bundles the scripts and sheets, and reads the interface's words.
//
// In: the built-in theme's files, a site's own theme over them (file by file,
// by the same path), the brand, and sheets that other rooms generate. Out: an
// immutable [Theme] and findings. A file of the site's theme that is broken is
// reported and the built-in one worn instead, so that a site always builds.
//
// A theme is this tree; every part may be left out of a site's own:
//
//	layouts/base.html           the frame of every page; it calls {{template "main" .}}
//	layouts/<name>.html         single, section, home, list, 404: each defines "main"
//	layouts/types/<type>.html   instead of single.html for pages of one type
//	layouts/redirect.html       a whole page by itself, for old addresses
//	layouts/partials/*.html     called by name: {{template "partials/head.html" .}}
//	layouts/pieces/*.html       parts that many pages share; rendered once, not a page
//	assets/js/site.js           becomes one classic script, with all that it imports
//	assets/js/search/search.js  becomes another, a file for each language of the site
//	assets/css/site.css         becomes one sheet, with the generated ones and custom.css
//	assets/...                  everything else is copied as it is
//	ui/<language>.yaml          words of the interface, flat: key, then text
//	custom.css                  a site's own rules, after all others
//
// Layouts see the closed values of [View], [Redirect], [Piece] and [Sidebar],
// the functions of [Functions], and nothing else: no file, no clock, no
// network, no page but their own. So the hash of such a value and [Theme.Sum]
// is an exact key for what comes out.
//
// It never reads content and never renders a page. Start at [Load], then
// [View].
package theme
