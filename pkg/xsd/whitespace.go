package xsd

import "bytes"

// whiteSpace is the facet that says how blanks count before a value is checked.
type whiteSpace uint8

const (
	preserve whiteSpace = iota
	replace
	collapse
)

var whiteSpaces = map[string]whiteSpace{"preserve": preserve, "replace": replace, "collapse": collapse}

// normalize gives the value that counts. It copies only when blanks inside have
// to change.
func (w whiteSpace) normalize(raw []byte) []byte {
	switch w {
	case preserve:
		return raw
	case replace:
		if !bytes.ContainsAny(raw, "\t\n\r") {
			return raw
		}
		return bytes.Map(func(r rune) rune {
			if r == '\t' || r == '\n' || r == '\r' {
				return ' '
			}
			return r
		}, raw)
	}
	v := raw
	for len(v) > 0 && isBlank(v[0]) {
		v = v[1:]
	}
	for len(v) > 0 && isBlank(v[len(v)-1]) {
		v = v[:len(v)-1]
	}
	if collapsed(v) {
		return v
	}
	return bytes.Join(bytes.FieldsFunc(v, func(r rune) bool { return r < ' '+1 }), []byte(" "))
}

// collapsed tells whether a trimmed value has only single spaces inside.
func collapsed(v []byte) bool {
	for i, b := range v {
		if isBlank(b) && (b != ' ' || v[i+1] == ' ') {
			return false
		}
	}
	return true
}

// isBlank tells the white space of XML.
func isBlank(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

func allBlank(text []byte) bool {
	for _, b := range text {
		if !isBlank(b) {
			return false
		}
	}
	return true
}
