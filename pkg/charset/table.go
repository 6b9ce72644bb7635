package charset

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// table is an encoding of one byte a character whose lower half is ASCII.
type table struct {
	// utf8 holds the UTF-8 of each byte, "" where the encoding defines none.
	utf8 [256]string
	// pages find the byte by the upper and the lower half of a character's number;
	// 0 is lacking, since only characters from U+0080 are looked up.
	pages [256]*[256]byte
}

var (
	windows1250 = newTable(charmap.Windows1250)
	iso88592    = newTable(charmap.ISO8859_2)
	cp852       = newTable(charmap.CodePage852)
	ascii       = &table{}
)

func newTable(source *charmap.Charmap) *table {
	t := &table{}
	for b := utf8.RuneSelf; b < 256; b++ {
		r := source.DecodeByte(byte(b))
		if r == utf8.RuneError {
			continue
		}
		t.utf8[b] = string(r)
		if t.pages[r>>8] == nil {
			t.pages[r>>8] = new([256]byte)
		}
		t.pages[r>>8][r&0xFF] = byte(b)
	}
	return t
}

func (t *table) decode(dst, src []byte) (out []byte, n int, bad bool) {
	for n < len(src) {
		run := asciiRun(src[n:])
		dst = append(dst, src[n:n+run]...)
		for n += run; n < len(src) && src[n] >= utf8.RuneSelf; n++ {
			text := t.utf8[src[n]]
			if text == "" {
				return dst, n, true
			}
			dst = append(dst, text...)
		}
	}
	return dst, n, false
}

func (t *table) encode(dst, text []byte) (out []byte, n int) {
	for n < len(text) {
		run := asciiRun(text[n:])
		dst = append(dst, text[n:n+run]...)
		for n += run; n < len(text) && text[n] >= utf8.RuneSelf; {
			r, size := utf8.DecodeRune(text[n:])
			b := t.find(r)
			if b == 0 {
				return dst, n
			}
			dst = append(dst, b)
			n += size
		}
	}
	return dst, n
}

// find gives the byte of a character from U+0080 on, 0 if it is lacking.
func (t *table) find(r rune) byte {
	if r > 0xFFFF || t.pages[r>>8] == nil {
		return 0
	}
	return t.pages[r>>8][r&0xFF]
}
