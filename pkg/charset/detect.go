package charset

import (
	"bytes"
	"unicode/utf8"
)

// Detect guesses the encoding of a file from its beginning, the more of it the
// better: by the byte order mark, whose length it gives; else UTF-16 by its zero
// bytes; else UTF-8 if it is valid as such (head may end inside a character);
// else Windows-1250. Plain ASCII is UTF-8.
func Detect(head []byte) (e Encoding, bom int) {
	for e, c := range codecs {
		if c.bom != "" && bytes.HasPrefix(head, []byte(c.bom)) {
			return Encoding(e), len(c.bom)
		}
	}
	if e, ok := detectUTF16(head); ok {
		return e, 0
	}
	return detectText(head), 0
}

// detectText tells UTF-8 from Windows-1250, anywhere in a file.
func detectText(text []byte) Encoding {
	if utf8.Valid(withoutCutRune(text)) {
		return UTF8
	}
	return Windows1250
}

// detectUTF16 takes a text for UTF-16 when more than half of its units have a
// zero byte on one and the same side, as most letters of our languages do.
func detectUTF16(head []byte) (Encoding, bool) {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	units := len(head) / 2
	switch {
	case zeros[1] > units/2 && zeros[0] < zeros[1]/8+1:
		return UTF16LE, true
	case zeros[0] > units/2 && zeros[1] < zeros[0]/8+1:
		return UTF16BE, true
	}
	return Auto, false
}

// withoutCutRune leaves out the character that the end of head cuts.
func withoutCutRune(head []byte) []byte {
	for k := 1; k < utf8.UTFMax && k <= len(head); k++ {
		tail := head[len(head)-k:]
		if utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return head[:len(head)-k]
			}
			break
		}
	}
	return head
}

func isASCII(text []byte) bool { return asciiRun(text) == len(text) }

// asciiRun counts the ASCII characters at the beginning.
func asciiRun(text []byte) int {
	for i, b := range text {
		if b >= utf8.RuneSelf {
			return i
		}
	}
	return len(text)
}
