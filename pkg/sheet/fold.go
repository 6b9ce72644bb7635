package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes names comparable that people write differently: lower case, no
// diacritics, and each run of dots, blanks and line breaks one space, none at
// the ends. "Číslo obj.", "CISLO OBJ" and "Číslo  obj" are all "cislo obj";
// "M.j." is "m j" and "Obj.č." is "obj c". Folding twice changes nothing more.
func Fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '.' || unicode.IsSpace(r):
			gap = true
			continue
		case unicode.Is(unicode.Mn, r) || r == '\uFEFF':
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
