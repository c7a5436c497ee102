package schema

import (
	"fmt"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// A formula is a sum as one writes it on paper: numbers, names, + - * / and
// brackets, and min, max and round. It does nothing but count, and the script
// that readers get (assets/js/forms/formula.js) counts alike: both are held to
// testdata/formulas.txt.

// Limits of a formula.
const (
	maxFormula = 500 // bytes
	maxNested  = 40  // brackets and signs
)

// formula is a reader of one formula, which works it out as it goes.
type formula struct {
	rest  string
	known func(name string) (float64, bool)
	names int // read so far
	deep  int
	wrong string // the first fault
}

// WorkOut reads a formula and works it out. wrong says what is wrong with it,
// and is "" for one that can be worked out; where it divides by what happens to
// be nothing the value is not finite, and that is not wrong.
func WorkOut(text string, known func(name string) (float64, bool)) (value float64, wrong string) {
	f := formula{rest: text, known: known}
	if len(text) > maxFormula {
		return math.NaN(), "it is too long"
	}
	value = f.sum()
	if f.peek() != 0 {
		f.fail("there is %q where nothing more was expected", f.peek())
	}
	if f.wrong != "" {
		return math.NaN(), f.wrong
	}
	return value, ""
}

func (f *formula) fail(format string, args ...any) {
	if f.wrong == "" {
		f.wrong = fmt.Sprintf(format, args...)
	}
	f.rest = ""
}

// peek is the next character that is no space, with signs of print as those of
// the keyboard; 0 at the end.
func (f *formula) peek() rune {
	for {
		c, n := utf8.DecodeRuneInString(f.rest)
		switch {
		case n == 0:
			return 0
		case c == ' ' || c == '\t' || c == '\n' || c == '\u00a0':
			f.rest = f.rest[n:]
			continue
		case c == '−' || c == '–':
			return '-'
		case c == '×' || c == '·':
			return '*'
		case c == '÷':
			return '/'
		}
		return c
	}
}

func (f *formula) skip() {
	_, n := utf8.DecodeRuneInString(f.rest)
	f.rest = f.rest[n:]
}

func (f *formula) sum() float64 {
	value := f.product()
	for {
		switch f.peek() {
		case '+':
			f.skip()
			value += f.product()
		case '-':
			f.skip()
			value -= f.product()
		default:
			return value
		}
	}
}

func (f *formula) product() float64 {
	value := f.factor()
	for {
		switch f.peek() {
		case '*':
			f.skip()
			value *= f.factor()
		case '/':
			f.skip()
			names := f.names
			by := f.factor()
			if by == 0 && f.names == names && f.wrong == "" {
				f.fail("it divides by nothing")
			}
			value /= by
		default:
			return value
		}
	}
}

func (f *formula) factor() float64 {
	if f.deep++; f.deep > maxNested {
		f.fail("it has too many brackets in each other")
		return 0
	}
	defer func() { f.deep-- }()
	switch c := f.peek(); {
	case c == '-':
		f.skip()
		return -f.factor()
	case c == '(':
		f.skip()
		value := f.sum()
		f.close()
		return value
	case c >= '0' && c <= '9' || c == '.':
		return f.number()
	case unicode.IsLetter(c):
		return f.named()
	case c == 0:
		f.fail("something is missing at its end")
	default:
		f.fail("there is %q where a number or a name was expected", c)
	}
	return 0
}

func (f *formula) close() {
	if f.peek() != ')' {
		f.fail("a bracket is not closed")
		return
	}
	f.skip()
}

func (f *formula) number() float64 {
	i := 0
	for i < len(f.rest) && (f.rest[i] >= '0' && f.rest[i] <= '9' || f.rest[i] == '.') {
		i++
	}
	value, err := strconv.ParseFloat(f.rest[:i], 64)
	if err != nil {
		f.fail("%q is no number", f.rest[:i])
		return 0
	}
	f.rest = f.rest[i:]
	return value
}

func (f *formula) named() float64 {
	i := 0
	for i < len(f.rest) {
		c, n := utf8.DecodeRuneInString(f.rest[i:])
		if !unicode.IsLetter(c) && c != '_' && (c < '0' || c > '9') {
			break
		}
		i += n
	}
	name := f.rest[:i]
	f.rest = f.rest[i:]
	if f.peek() == '(' {
		return f.call(name)
	}
	f.names++
	value, ok := f.known(name)
	if !ok {
		f.fail("nothing is called %q", name)
	}
	return value
}

// call works out min, max or round.
func (f *formula) call(name string) float64 {
	f.skip()
	value := f.sum()
	switch name {
	case "round":
		value = math.Floor(value + 0.5)
	case "min", "max":
		for f.peek() == ',' || f.peek() == ';' {
			f.skip()
			other := f.sum()
			if math.IsNaN(value) || math.IsNaN(other) {
				value = math.NaN()
			} else if (other < value) == (name == "min") {
				value = other
			}
		}
	default:
		f.fail("%q is nothing that can be worked out", name)
	}
	f.close()
	return value
}
