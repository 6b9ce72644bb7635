package charset

import (
	"unicode/utf16"
	"unicode/utf8"
)

// narrow is UTF-8.
type narrow struct{}

func (narrow) decode(dst, src []byte) (out []byte, n int, bad bool) {
	if utf8.Valid(src) {
		return append(dst, src...), len(src), false
	}
	n = validUTF8(src)
	return append(dst, src[:n]...), n, utf8.FullRune(src[n:])
}

func (narrow) encode(dst, text []byte) (out []byte, n int) {
	n = validUTF8(text)
	return append(dst, text[:n]...), n
}

// validUTF8 counts the bytes before the first invalid or cut sequence.
func validUTF8(text []byte) int {
	if utf8.Valid(text) {
		return len(text)
	}
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeRune(text[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// wide is UTF-16; high is the place of the upper byte in a unit.
type wide struct{ high int }

func (w wide) unit(src []byte) rune { return rune(src[w.high])<<8 | rune(src[1-w.high]) }

func (w wide) decode(dst, src []byte) (out []byte, n int, bad bool) {
	for n+1 < len(src) {
		r, size := w.unit(src[n:]), 2
		if utf16.IsSurrogate(r) {
			if n+3 >= len(src) {
				// Only a first half may wait for its second.
				return dst, n, r >= 0xDC00
			}
			r, size = utf16.DecodeRune(r, w.unit(src[n+2:])), 4
			if r == utf8.RuneError {
				return dst, n, true
			}
		}
		dst = utf8.AppendRune(dst, r)
		n += size
	}
	return dst, n, false
}

func (w wide) encode(dst, text []byte) (out []byte, n int) {
	for n < len(text) {
		r, size := utf8.DecodeRune(text[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			pair := [2]byte{byte(unit), byte(unit)}
			pair[w.high] = byte(unit >> 8)
			dst = append(dst, pair[:]...)
		}
		n += size
	}
	return dst, n
}
