package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/gopohoda/pohoda/pkg/charset"
)

// Fold makes names comparable that people write differently: lower case, no
// diacritics, and each run of dots, blanks and line breaks one space, none at
// the ends; what nobody sees is left out. "Číslo obj.", "CISLO OBJ" and "Číslo  obj" are all "cislo obj";
// "M.j." is "m j" and "Obj.č." is "obj c". Folding twice changes nothing more.
func Fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '.' || unicode.IsSpace(r):
			gap = true
			continue
		case unicode.Is(unicode.Mn, r) || charset.Invisible(r):
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func foldAll(names []string) []string {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = Fold(name)
	}
	return folded
}
