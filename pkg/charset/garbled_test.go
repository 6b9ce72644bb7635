package charset_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/encoding/charmap"

	"github.com/gopohoda/pohoda/pkg/charset"
)

var wellRead = []string{
	"Žluťoučký kůň úpěl ďábelské ódy", "Ľúbozvučná vŕba, stĺp, kôň, mäso, Ĺ", "Äpfel und Öl, Straße", "Ångström", "çà et là", "ÂME",
	"5 µm ® © «citát» „Ä“ 10 °C", "š", "C:\\xampp\\uploads", "100 % \\ 5", "Škoda–Plzeň", "naïve",
}

func TestGarbled(t *testing.T) {
	for _, text := range wellRead {
		assert.Empty(t, charset.Garbled(text), text)
	}
	for garbled, likely := range map[string]string{
		"Ĺ˝idle pĹ™Ă\u00adkladnĂˇ": "Židle příkladná",
		"Ĺ˝idle pĹ™ĂkladnĂˇ":       "Židle příkladná",
		"Zidle pÅ™Ã\u00adkladnÃ¡":  "Zidle příkladná",
		`zbo\x9e\xed`:              "zboží",
		`zbo\u017e\u00ed`:          "zboží",
		"10 Â°C":                   "10 °C",
		"Brno â€“ stĹ™ed":          "Brno – střed",
	} {
		assert.Equal(t, likely, charset.Garbled(garbled), garbled)
	}
}

// Whatever is written in our letters and goes wrong in one of the two ways is found.
func TestGarbledOfEveryLetter(t *testing.T) {
	for _, r := range "áäčďéěíĺľňóôŕřšťúůýžÁÄČĎÉĚÍĹĽŇÓÔŔŘŠŤÚŮÝŽ–„“…" {
		text := "Plz" + string(r) + "k"
		for name, page := range map[string]*charmap.Charmap{"1250": charmap.Windows1250, "1252": charmap.Windows1252} {
			var garbled []byte
			for i := range len(text) {
				read := page.DecodeByte(text[i])
				if read == utf8.RuneError {
					read = rune(text[i])
				}
				garbled = utf8.AppendRune(garbled, read)
			}
			assert.Equal(t, text, charset.Garbled(string(garbled)), "%s as %s", text, name)
		}
	}
}
