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
	if e.holds(text) {
		return nil
	}
	var lacking []rune
	for _, r := range text {
		if !slices.Contains(lacking, r) && !e.holds(string(r)) {
			lacking = append(lacking, r)
		}
	}
	return lacking
}

// holds tells whether the text can be written in the encoding.
func (e Encoding) holds(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			var room [64]byte
			_, n := codecs[e].encode(room[:0], []byte(text[i:]))
			return i+n == len(text)
		}
	}
	return true
}

// Transliterate replaces each character that the encoding lacks by the nearest
// that it has: an accented letter by its base letter, typographic marks, spaces
// and ligatures by what a typewriter has. Letters written as base and combining
// mark are composed first. What has no likeness is dropped, never turned into a
// question mark; lost names these characters, each once.
func (e Encoding) Transliterate(text string) (out string, lost []rune) {
	if e.holds(text) {
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

// like gives the nearest text that the encoding holds.
func (e Encoding) like(r rune) (string, bool) {
	if e.holds(string(r)) {
		return string(r), true
	}
	other, ok := alike[r]
	if !ok {
		other = norm.NFKD.String(string(r))
	}
	if other == string(r) {
		return "", false
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
