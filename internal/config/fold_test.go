package config

import "testing"

// TestFold holds that names are one name whatever typography made of them.
func TestFold(t *testing.T) {
	for _, pair := range [][2]string{{"Don't", "don’t"}, {`Say "no"`, "say “NO”"}, {`"x"`, "„x“"}, {`"x"`, "«\u202fx\u202f»"}, {"9--17 ...", "9–17  …"}, {"É", "é"}} {
		if Fold(pair[0]) != Fold(pair[1]) {
			t.Errorf("%q and %q are two names", pair[0], pair[1])
		}
	}
	if Fold("a-b") == Fold("a–b") || Fold("é") == Fold("e") {
		t.Error("two names are one")
	}
}
