package search

import "peppermill/internal/site"

// The fields of a page. Tags stand with type, stages and roles.
const (
	inTitle = iota
	inTags
	inHeadings
	inBody
	fields
)

// counts is how often a word stands in each field.
type counts [fields]uint16

// one is the unit of weights.
const one = 1 << 16

// perWord is what one occurrence of a word adds to its group's sum, by field:
// w / (1 - b + b × length/mean), as in BM25F (Zaragoza et al., TREC 2004), with
//
//	title 5, tags 4, headings 2: b ½, mean 8 words; body 1: b ¾, mean 128 words
//
// Headings are taken by the mean of their lengths. The means are constants and not
// the site's own, so that no page's edit moves another's weights; any from half to
// one and a half of these ranks as well. Whole numbers give the same
// files on every processor.
func perWord(length [fields]uint64, headings uint64) (each [fields]uint64) {
	each[inTitle] = 5 * 16 * one / (8 + length[inTitle])
	each[inTags] = 4 * 16 * one / (8 + length[inTags])
	if headings > 0 {
		each[inHeadings] = 2 * 16 * headings * one / (8*headings + length[inHeadings])
	}
	each[inBody] = 512 * one / (128 + 3*length[inBody])
	return each
}

// levels is how many weights a posting may have.
const levels = 10

// levelOf is the level, from 0, of a sum x: the saturated weight s = x/(x+2), as
// k/levels ≈ √s with k = level + 1. Fine steps are where most words are.
func levelOf(x uint64) byte {
	k := uint64(levels)
	for k > 1 && (2*k-1)*(2*k-1)*(x+2*one) > 4*levels*levels*x {
		k--
	}
	return byte(k - 1)
}

// weights lists what each level weighs.
func weights() []float64 {
	out := make([]float64, levels)
	for k := range out {
		out[k] = float64((k+1)*(k+1)) / (levels * levels)
	}
	return out
}

// boostOf is a page's own wish in thousandths, within reason, times what its kind is worth.
func boostOf(p *site.Page) uint64 {
	m := &p.Source.Meta
	boost := 1000 * min(max(m.Search.Boost, 0.01), 100)
	switch {
	case p.Kind == site.Section || p.Kind == site.Home: // leads to answers, and is none
		if m.Type == "" {
			boost *= 0.6
		}
	case m.Type == "policy" || m.Type == "procedure" || m.Type == "checklist":
		boost *= 1.3
	}
	return uint64(boost)
}
