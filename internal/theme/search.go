package theme

import (
	"bytes"
	"encoding/json"
	"strings"
)

// searchGlobal is where the search's script leaves what others call.
const searchGlobal = "peppermillSearch"

// searchWords begins the keys of the words that the search's script says,
// beside the names of the types.
const searchWords = "find."

// Search makes the search's script in one language: the bundle, started with
// its words and with whom to ask where nothing is found (Href is "" for
// nobody). No page carries the words, and no second file has to be waited for.
func (t *Theme) Search(words Words, contact Link) Asset {
	said := map[string]string{}
	for key, text := range words {
		if name, ok := strings.CutPrefix(key, searchWords); ok || strings.HasPrefix(key, "type.") {
			said[name] = text
		}
	}
	given := struct {
		Words   map[string]string `json:"words"`
		Contact *asked            `json:"contact,omitempty"`
	}{Words: said}
	if contact.Href != "" {
		given.Contact = &asked{contact.Href, contact.Name}
	}
	return started("assets/search.js", t.search, searchGlobal, given)
}

// started is a bundle with a call of what it left under the global's name.
func started(address string, bundle []byte, global string, given any) Asset {
	// Texts alone cannot fail; Marshal sorts the keys and writes JavaScript too.
	data, _ := json.Marshal(given)
	code := bytes.Join([][]byte{bytes.TrimSpace(bundle), []byte(global + ".start("), data, []byte(");\n")}, nil)
	return Asset{fingerprinted(address, code), code}
}

// asked is whom a reader may ask.
type asked struct {
	Href string `json:"href"`
	Name string `json:"name"`
}
