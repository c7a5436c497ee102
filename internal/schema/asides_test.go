package schema

import (
	"strings"
	"testing"

	"peppermill/internal/page"
)

// TestTrades holds that a page may say which trade it is from without a
// business whose story it tells.
func TestTrades(t *testing.T) {
	trades := page.Field{Key: "industry", Value: page.Value{Kind: page.List, Items: []page.Value{scalar("bakeries"), scalar("IT")}}}
	for business, fields := range map[string][]page.Field{
		"":      {trades},
		"Marlo": {trades, {Key: "business", Value: scalar("Marlo")}},
	} {
		m, findings := Envelope(page.Value{Kind: page.Map, Fields: fields}, "a.md")
		if s := m.Asides.Story; strings.Join(s.Industry, ", ") != "bakeries, IT" || string(s.Business) != business || len(findings) > 0 {
			t.Errorf("%q: %+v %v", business, s, findings)
		}
	}
}
