package page

import "testing"

func TestForStaff(t *testing.T) {
	for kind, want := range map[string]bool{
		"decline": true, "Decline": true, "declin": true, "decilne": true, "decline ": true, "declining": true, "fit": true, "FIT": true, "customer-fit": true,
		"": false, "sop": false, "refund": false, "service": false, "outfit": false, "misfit": false, "recline": true, "line": false, "conduct": false,
	} {
		for _, typ := range []string{"", "procedure", "policy", "case-study", "article"} {
			m := Meta{Kind: kind, Type: typ, TypeImplied: true}
			if got := m.ForStaff(); got != want {
				t.Errorf("kind %q, type %q: %v", kind, typ, got)
			}
			m.Visible = Public
			if m.ForStaff() {
				t.Errorf("kind %q that says it is public: for staff", kind)
			}
			m.Visible = Staff
			if !m.ForStaff() {
				t.Errorf("kind %q that says it is for staff: public", kind)
			}
		}
	}
}
