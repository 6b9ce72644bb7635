package charset

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAppendStopsAtTheFirstLackingCharacter(t *testing.T) {
	out, bad := Windows1250.Append([]byte("<"), []byte("Kč 😀 ñ"))
	assert.Equal(t, "<K\xE8 ", string(out))
	assert.Equal(t, '😀', bad)
	_, bad = UTF8.Append(nil, []byte("a\xFF"))
	assert.Equal(t, utf8.RuneError, bad)
}

func TestAppendRef(t *testing.T) {
	assert.Equal(t, "K\xE8 &#128512; &#241;!", string(Windows1250.AppendRef(nil, []byte("Kč 😀 ñ!"))))
	assert.Equal(t, "plain", string(Windows1250.AppendRef(nil, []byte("plain"))))
	assert.Equal(t, "&\x00#\x006\x005\x005\x003\x003\x00;\x00", string(UTF16LE.AppendRef(nil, []byte("\xFF"))))
}

func TestLacks(t *testing.T) {
	assert.Nil(t, Windows1250.Lacks("Židle kancelářská „Lena“ – 5 €"))
	assert.Equal(t, []rune{'😀', 'ñ'}, Windows1250.Lacks("😀 ñ 😀"))
	assert.Nil(t, UTF8.Lacks("😀"))
	assert.Equal(t, []rune{'č'}, ASCII.Lacks("Kč"))
}

func TestTransliterate(t *testing.T) {
	tests := []struct {
		name string
		e    Encoding
		text string
		want string
		lost string
	}{
		{"nothing lacking", Windows1250, "Židle „Lena“ – 5 €", "Židle „Lena“ – 5 €", ""},
		{"foreign letters", Windows1250, "Señor Åse Ægir Łódź Čapek", "Senor Ase AEgir Łódź Čapek", ""},
		{"letters from a Mac, composed", Windows1250, "Z\u030Cidle Kc\u030C", "Židle Kč", ""},
		{"spaces and hyphens", Windows1250, "1\u202F490 kus\u2011y \u22125\u2009mm", "1 490 kus-y -5 mm", ""},
		{"ligatures and fractions", Windows1250, "o\uFB01s ½ m²", "ofis 1/2 m2", ""},
		{"units", Windows1250, "10 k\u2126, 5 \u03BCm", "10 kOhm, 5 µm", ""},
		{"no likeness", Windows1250, "Lena 😀😀 木", "Lena  ", "😀木"},
		{"joined emoji", Windows1250, "a👩\u200D💻", "a", "👩💻"},
		{"ascii", ASCII, "Kč „ano“ … 5 €, µm", `Kc "ano" ... 5 EUR, um`, ""},
		{"cp852", CP852, "„Žluťoučký“ – Lena", `"Žluťoučký" - Lena`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, lost := test.e.Transliterate(test.text)
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.lost, string(lost))
		})
	}
}

// Whatever the text, the outcome can be written, has no question mark of its
// own, and is empty only with the loss named or where there was nothing to see.
func FuzzTransliterate(f *testing.F) {
	f.Add("Señor 😀 1\u202F490 µ")
	f.Add(strings.Repeat("\u0301", 5))
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		for _, e := range all {
			out, lost := e.Transliterate(text)
			require.Empty(t, e.Lacks(out))
			if !strings.ContainsAny(text, "?\uFF1F") && !strings.ContainsAny(text, questionLike) {
				require.NotContains(t, out, "?")
			}
			if out == "" && strings.ContainsFunc(text, func(r rune) bool { return !unicode.In(r, unicode.Cf, unicode.Variation_Selector) }) {
				require.NotEmpty(t, lost)
			}
		}
	})
}

// questionLike are the characters that Unicode itself decomposes to ones with a
// question mark.
const questionLike = "\u2047\u2048\u2049\uFE16\uFE56\uFF1F\u037E"

func BenchmarkWindows1250Append(b *testing.B) {
	text := []byte(strings.Repeat(pangram, 100))
	var dst []byte
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		dst, _ = Windows1250.Append(dst[:0], text)
	}
}

func BenchmarkWindows1250Decode(b *testing.B) {
	text, _ := Windows1250.Append(nil, []byte(strings.Repeat(pangram, 100)))
	var dst []byte
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		dst, _, _ = windows1250.decode(dst[:0], text)
	}
}

func TestLiken(t *testing.T) {
	for text, want := range map[string]string{
		"Žluťoučký kůň – 5 × 3 µm °C €": "Žluťoučký kůň – 5 × 3 µm °C €",
		"2 m² a 3 m³":           "2 m2 a 3 m3",
		"1½ l, ½ kg, ⅓":         "1 1/2 l, 1/2 kg, 1/3",
		"a ≥ b ≤ c → d − e":     "a >= b <= c -> d - e",
		"ofis":                  "ofis",
		"a\u202fb\u200bc\ufe0f": "a bc",
		"Trubka Ø 5":            "Trubka Ø 5",
		"Åse ñ Привет 漢":        "Åse ñ Привет 漢",
		"Díky 👍":                "Díky 👍",
	} {
		assert.Equal(t, want, Windows1250.Liken(text), text)
	}
}
