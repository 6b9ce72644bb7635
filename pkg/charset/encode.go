package charset

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Append appends UTF-8 text in the encoding. bad is 0, or the first character
// that the encoding lacks (U+FFFD for invalid UTF-8); nothing after it is
// written.
func (e Encoding) Append(dst, text []byte) (out []byte, bad rune) {
	out, n := codecs[e].encode(dst, text)
	if n < len(text) {
		bad, _ = utf8.DecodeRune(text[n:])
	}
	return out, bad
}

// AppendRef is Append for XML text: what the encoding lacks becomes a character
// reference such as &#128512;.
func (e Encoding) AppendRef(dst, text []byte) []byte {
	for {
		var n int
		dst, n = codecs[e].encode(dst, text)
		if n == len(text) {
			return dst
		}
		r, size := utf8.DecodeRune(text[n:])
		dst, _ = codecs[e].encode(dst, []byte("&#"+strconv.Itoa(int(r))+";"))
		text = text[n+size:]
	}
}

// Lacks gives the distinct characters of a text that the encoding has no byte
// for, in the order of their appearance; nil when the text can be written.
func (e Encoding) Lacks(text string) []rune {
	var lacking []rune
	for _, r := range text {
		if !e.has(r) && !slices.Contains(lacking, r) {
			lacking = append(lacking, r)
		}
	}
	return lacking
}

// has tells whether the encoding can write a character.
func (e Encoding) has(r rune) bool {
	one := codecs[e].one
	return r < utf8.RuneSelf || one == nil || one.find(r) != 0
}

// Transliterate replaces each character that the encoding lacks by the nearest
// that it has: an accented letter by its base letter, typographic marks, spaces
// and ligatures by what a typewriter has. Letters written as base and combining
// mark are composed first. What nobody sees is dropped. What has no likeness is
// dropped as well, never turned into a question mark; lost names these
// characters, each once.
func (e Encoding) Transliterate(text string) (out string, lost []rune) {
	if e.Lacks(text) == nil {
		return text, nil
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		like, ok := e.like(r)
		if !ok && !slices.Contains(lost, r) {
			lost = append(lost, r)
		}
		b.WriteString(like)
	}
	return b.String(), lost
}

// Liken rewrites characters that the encoding lacks where that loses nothing: m² becomes m2,
// 1½ becomes 1 1/2, ≥ becomes >=, a ligature its letters, and what nobody sees is dropped. A
// letter with another mark, or of another alphabet, stays as it is.
func (e Encoding) Liken(text string) string {
	if e.Lacks(text) == nil {
		return text
	}
	var b strings.Builder
	last := ' '
	for _, r := range norm.NFC.String(text) {
		like, ok := e.lossless(r)
		if !ok {
			like = string(r)
		}
		// 1½ is no 11/2.
		if unicode.IsDigit(last) && unicode.Is(unicode.No, r) && strings.Contains(like, "/") {
			b.WriteByte(' ')
		}
		b.WriteString(like)
		last = r
	}
	return b.String()
}

// lossless gives a text that says the same as a character; ok is false where there is none.
func (e Encoding) lossless(r rune) (string, bool) {
	switch {
	case e.has(r):
		return string(r), true
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return "", true
	case unicode.Is(unicode.Zs, r):
		return " ", true
	case unicode.In(r, unicode.No, unicode.Nl, unicode.Pd, unicode.Po, unicode.Pi, unicode.Pf, unicode.Sm, unicode.So), unicode.Is(unicode.Latin, r) && isCompatible(r):
		like, ok := e.like(r)
		return like, ok
	}
	return "", false
}

// isCompatible tells a form of letters, such as a ligature, from a letter of its own.
func isCompatible(r rune) bool { return norm.NFKC.String(string(r)) != norm.NFC.String(string(r)) }

// like gives the nearest text that the encoding has.
func (e Encoding) like(r rune) (string, bool) {
	if e.has(r) {
		return string(r), true
	}
	other, ok := alike[r]
	if !ok {
		other = norm.NFKD.String(string(r))
	}
	if other == string(r) {
		return "", unicode.In(r, unicode.Cf, unicode.Variation_Selector)
	}
	var b strings.Builder
	for _, part := range other {
		if unicode.Is(unicode.Mn, part) {
			continue
		}
		like, ok := e.like(part)
		if !ok {
			return "", false
		}
		b.WriteString(like)
	}
	return b.String(), b.Len() > 0
}

// alike has the likenesses that Unicode's decompositions do not know.
var alike = map[rune]string{
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '⁃': "-", '−': "-",
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '‹': "'", '›': "'", '′': "'",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '″': `"`,
	'•': "*", '·': ".", '⁄': "/", '∕': "/", '×': "x", '÷': ":", '±': "+-",
	'≤': "<=", '≥': ">=", '≈': "~", '→': "->", '←': "<-",
	'€': "EUR", '£': "GBP", '¥': "JPY", '©': "(C)", '®': "(R)",
	'Ω': "Ohm", 'μ': "µ", 'µ': "u", '⌀': "Ø",
	'æ': "ae", 'Æ': "AE", 'œ': "oe", 'Œ': "OE", 'ø': "o", 'Ø': "O", 'ß': "ss", 'ẞ': "SS",
	'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'ð': "d", 'Ð': "D", 'þ': "th", 'Þ': "Th",
	'ħ': "h", 'Ħ': "H", 'ı': "i", 'ŋ': "n", 'Ŋ': "N", 'ƒ': "f",
}
