// Package picture turns the bytes of a photo into the files that a page shows:
// scaled to the widths asked for, turned the right way up, and without the
// place and camera that a phone writes into them.
//
// In: the whole bytes of one file. Out: an [Info] from its headers ([Probe]),
// the same file without personal data ([Clean]), and copies for srcset
// ([Variants]); or an [Error] in plain words with a next step. All are pure
// functions, so results may be kept by [KeyOf]; [Make] does that in a [Store]
// of the caller's.
//
// It never opens a file, starts no process, never allocates because of what a
// header claims before the claim is checked, and never hands on bytes that it
// does not understand: what cannot be cleaned is an error. Scaling is done in
// whole numbers, because compilers may fuse float operations on one machine
// and not on another, and the same photo must give the same bytes everywhere.
//
// Start at [Variants], then resample.go.
package picture

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"

	"peppermill/internal/diag"
)

// Version names what this package makes of a photo. It changes with every
// change of the bytes that come out, so that kept results are not used again.
const Version = "picture-1"

// Format is what a picture's bytes are, whatever its file is called.
type Format uint8

// The formats that browsers show and this package understands.
const (
	JPEG Format = iota + 1
	PNG
	GIF
	WebP
	SVG
)

// String is the usual file extension, without the dot.
func (f Format) String() string {
	switch f {
	case JPEG:
		return "jpg"
	case PNG:
		return "png"
	case GIF:
		return "gif"
	case WebP:
		return "webp"
	case SVG:
		return "svg"
	}
	return "unknown"
}

// Widths are the widths in pixels that suit a text column from a phone to a
// large screen of double density.
func Widths() []int { return []int{480, 800, 1200, 1600} }

// KeyOf names the results for a file with the SHA-256 sum and widths given. It
// covers everything that [Variants] and [Clean] can see, and Go's version, as
// the encoders are Go's.
func KeyOf(sum [sha256.Size]byte, widths []int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %v %x", Version, runtime.Version(), widths, sum)
	return hex.EncodeToString(h.Sum(nil))
}

// The names of this room's rules.
const (
	ruleBroken = "image-broken"
	ruleFormat = "image-format"
	ruleScript = "image-script"
	ruleSize   = "image-size"
)

// Rules lists the findings that a caller makes of this package's errors.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: ruleBroken, Class: diag.Fix, About: "A picture's file is damaged or cut off."},
		{Name: ruleFormat, Class: diag.Fix, About: "A picture is in a format that browsers do not show or that cannot be cleaned of personal data."},
		{Name: ruleScript, Class: diag.Fix, About: "A drawing (SVG) holds a script, or loads something from another site."},
		{Name: ruleSize, Class: diag.Fix, About: "A picture is too large to be opened."},
	}
}

// Error says why a picture cannot be used. Rule is one of [Rules]; Message and
// Hint are in plain words, without the file's name, which the caller knows.
type Error struct{ Rule, Message, Hint string }

// Error is the message with its hint.
func (e *Error) Error() string { return e.Message + "; " + e.Hint }

// Unreadable is the error for a file whose bytes nobody could get; reason is
// the system's own word.
func Unreadable(reason string) *Error {
	return &Error{ruleBroken, "the picture cannot be read: " + reason, "check the file's permissions"}
}

func broken(what string) error {
	return &Error{ruleBroken, "the picture is damaged: " + what, "open it in a picture program, save it again and use that copy"}
}

func unsupported(what string) error {
	return &Error{ruleFormat, what, "save a copy as JPEG (photos) or PNG (screenshots, drawings) and use that"}
}
