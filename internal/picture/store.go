package picture

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"
)

// Store keeps bytes between runs, by a name of hexadecimal digits, dots and
// letters. It may forget anything at any time; what it returns is checked.
type Store interface {
	Get(name string) ([]byte, bool)
	Put(name string, data []byte)
}

// Sheet is what a page and a tree need to know of a picture, without its bytes.
type Sheet struct {
	Format        Format // of the original
	Width, Height int    // pixels as shown
	Original      Copy   // cleaned, for the address that the author wrote
	Copies        []Copy // for srcset, narrowest first
}

// Copy names one file that was made of a picture.
type Copy struct {
	Width, Height int
	Format        Format
	Size          int               // bytes
	Sum           [sha256.Size]byte // SHA-256 of the bytes
	Name          string            // in the store
}

// Kept finds the sheet for a key of [KeyOf] without the picture itself. A
// damaged sheet is not found. The copies are not looked at: [Copy.Bytes] does.
func Kept(store Store, key string) (Sheet, bool) {
	data, ok := store.Get(key)
	if !ok || len(data) < sha256.Size {
		return Sheet{}, false
	}
	body := data[sha256.Size:]
	if sum := sha256.Sum256(append([]byte(Version+key), body...)); string(sum[:]) != string(data[:sha256.Size]) {
		return Sheet{}, false
	}
	var s Sheet
	if json.Unmarshal(body, &s) != nil {
		return Sheet{}, false
	}
	return s, true
}

// Make makes the copies of a picture and puts them, and its sheet, into the
// store. The error is an *[Error], and nothing is put then.
func Make(store Store, key string, data []byte, widths []int) (Sheet, error) {
	info, err := Probe(data)
	if err != nil {
		return Sheet{}, err
	}
	clean, err := Clean(data)
	if err != nil {
		return Sheet{}, err
	}
	variants, err := Variants(data, widths)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Format: info.Format, Width: info.Width, Height: info.Height}
	s.Original = put(store, key+".own", Variant{info.Width, info.Height, info.Format, clean})
	for _, v := range variants {
		s.Copies = append(s.Copies, put(store, key+"."+strconv.Itoa(v.Width), v))
	}
	body, err := json.Marshal(s)
	if err != nil {
		return Sheet{}, broken(err.Error())
	}
	// The sheet goes last: where it is, the copies have been.
	sum := sha256.Sum256(append([]byte(Version+key), body...))
	store.Put(key, slices.Concat(sum[:], body))
	return s, nil
}

func put(store Store, name string, v Variant) Copy {
	store.Put(name, v.Data)
	return Copy{v.Width, v.Height, v.Format, len(v.Data), sha256.Sum256(v.Data), name}
}

// Bytes are a copy's bytes, if the store still has them undamaged; otherwise
// the picture must go through [Make] again.
func (c Copy) Bytes(store Store) ([]byte, bool) {
	data, ok := store.Get(c.Name)
	if !ok || len(data) != c.Size || sha256.Sum256(data) != c.Sum {
		return nil, false
	}
	return data, true
}
