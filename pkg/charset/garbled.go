package charset

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Garbled gives what a text was before its UTF-8 was read as Windows-1250, Windows-1252 or
// ISO-8859-1 (pĹ™Ă­klad, pÅ™Ã­klad), or its characters were spelt out (zbo\x9e\xed,
// zbo\u017e\u00ed). It is a guess, "" for a text that reads well.
func Garbled(text string) (likely string) {
	if strings.IndexByte(text, '\\') >= 0 {
		if plain := spelt.ReplaceAllStringFunc(text, unspell); plain != text {
			return plain
		}
	}
	if !hasLead(text) {
		return ""
	}
	for _, raw := range [...]func(rune) (byte, bool){byteOf1250, byteOf1252} {
		if likely, ok := rejoin(text, raw); ok {
			return likely
		}
	}
	return ""
}

// spelt are characters as programs spell them, beyond ASCII.
var spelt = regexp.MustCompile(`\\x[89a-fA-F][0-9a-fA-F]|\\u0[01][0-9a-fA-F]{2}`)

func unspell(escape string) string {
	code, err := strconv.ParseUint(escape[2:], 16, 16)
	if err != nil || code < utf8.RuneSelf {
		return escape
	}
	if escape[1] == 'x' {
		return windows1250.utf8[code]
	}
	return string(rune(code))
}

// hasLead tells whether a text has a character by which garbled text begins: the bytes 0xC2
// to 0xC5 and 0xE2, with which the UTF-8 of our letters and marks begins, in either code page.
func hasLead(text string) bool {
	return hasPair(text, 0xC3, func(b byte) bool { return b >= 0x82 && b <= 0x85 || b == 0xA2 }) ||
		hasPair(text, 0xC4, func(b byte) bool { return b == 0x82 || b == 0xB9 })
}

func hasPair(text string, first byte, isSecond func(byte) bool) bool {
	for {
		at := strings.IndexByte(text, first)
		if at < 0 || at+1 == len(text) {
			return false
		}
		if isSecond(text[at+1]) {
			return true
		}
		text = text[at+1:]
	}
}

func byteOf1250(r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return byte(r), true
	}
	if b := windows1250.find(r); b != 0 {
		return b, true
	}
	return byteOfC1(r)
}

func byteOf1252(r rune) (byte, bool) {
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return b, true
	}
	return byteOfC1(r)
}

// byteOfC1 is the byte of a control character by which a code page without one passes it on.
func byteOfC1(r rune) (byte, bool) { return byte(r), 0x80 <= r && r < 0xA0 }

// softHyphen is the second byte of í, which is lost where invisible characters are.
const softHyphen = 0xAD

// rejoin reads the bytes of a text as UTF-8. It is garbled if all that is beyond ASCII is
// UTF-8 of letters and marks as they stand in our texts, but for an í that lost its end.
func rejoin(text string, raw func(rune) (byte, bool)) (string, bool) {
	in := make([]byte, 0, len(text))
	for _, r := range text {
		b, ok := raw(r)
		if !ok {
			return "", false
		}
		in = append(in, b)
	}
	out, proven := make([]byte, 0, len(in)), false
	for len(in) > 0 {
		r, size := utf8.DecodeRune(in)
		switch {
		case r == utf8.RuneError && in[0] == 0xC3:
			r = rune(0xC0 | softHyphen&0x3F)
		case r == utf8.RuneError || r >= 0x180 && (r < 0x2000 || r > 0x2122):
			return "", false
		case size > 1:
			proven = true
		}
		out, in = utf8.AppendRune(out, r), in[size:]
	}
	return string(out), proven
}
