// Package charset turns the encodings in which Czech and Slovak programs write
// their files into UTF-8 and back, and knows which characters an encoding lacks.
//
// Nothing is ever replaced in silence: a byte that the encoding does not define
// is a BadByteError, a character that it lacks is named by Append and Lacks, and
// what Transliterate had to drop is given back.
package charset

import (
	"slices"
	"strings"
)

// Encoding is one of the encodings known; the zero value Auto is none yet.
type Encoding uint8

// The encodings. Auto is found out by NewReader while reading. Lookup takes the
// plain label "utf-16" for little-endian; Detect knows the byte order mark.
const (
	Auto Encoding = iota
	Windows1250
	UTF8
	UTF16LE
	UTF16BE
	ISO88592
	CP852
	ASCII
)

// codec is what the package does with one encoding.
type codec struct {
	name   string
	labels string
	bom    string
	// one is the table of a one-byte encoding, nil for Unicode's own.
	one *table
	coder
}

// coder is a way to decode and encode.
type coder interface {
	// decode appends the UTF-8 of src and tells how many bytes it took. It stops
	// at a byte that is wrong (bad), or before a character cut by the end of src.
	decode(dst, src []byte) (out []byte, n int, bad bool)
	// encode appends UTF-8 text in the encoding and tells how many bytes it took:
	// fewer than all when the next character is lacking.
	encode(dst, text []byte) (out []byte, n int)
}

var codecs = [...]codec{
	Auto:        {name: "auto", coder: narrow{}},
	Windows1250: oneByte("Windows-1250", "windows1250 cp1250 win1250 xcp1250 1250", windows1250),
	UTF8:        {name: "UTF-8", labels: "utf8 65001", bom: "\xEF\xBB\xBF", coder: narrow{}},
	UTF16LE:     {name: "UTF-16LE", labels: "utf16le utf16 unicode", bom: "\xFF\xFE", coder: wide{high: 1}},
	UTF16BE:     {name: "UTF-16BE", labels: "utf16be", bom: "\xFE\xFF", coder: wide{high: 0}},
	ISO88592:    oneByte("ISO-8859-2", "iso88592 latin2 l2", iso88592),
	CP852:       oneByte("IBM852", "cp852 ibm852 dos852 pc852 852", cp852),
	ASCII:       oneByte("US-ASCII", "usascii ascii", ascii),
}

func oneByte(name, labels string, t *table) codec {
	return codec{name: name, labels: labels, one: t, coder: t}
}

// String gives the name as an XML declaration writes it: "Windows-1250".
func (e Encoding) String() string { return codecs[e].name }

// Lookup finds an encoding by a label of an XML declaration or of a person;
// case, spaces, hyphens and underscores do not matter.
func Lookup(label string) (Encoding, bool) {
	plain := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(label))
	for e, c := range codecs {
		if slices.Contains(strings.Fields(c.labels), plain) {
			return Encoding(e), true
		}
	}
	return Auto, false
}
