package xsd

import (
	"bytes"
	"math"
	"strconv"
)

// order is how the values of a type compare.
type order uint8

const (
	unordered order = iota
	decimalOrder
	floatOrder  // 32 bits
	doubleOrder // 64 bits
)

// bound is a limit of a value, as the schema writes it.
type bound struct {
	text      string
	number    number
	float     float64
	exclusive bool
}

func newBound(o order, text string, exclusive bool) *bound {
	b := &bound{text: text, exclusive: exclusive}
	if o == decimalOrder {
		b.number = parseNumber([]byte(text))
	} else {
		b.float = o.parse([]byte(text))
	}
	return b
}

// holds tells whether a valid value is on the right side of the bound: above it
// for a side of 1, below it for -1. NaN is on no side.
func (b *bound) holds(o order, v []byte, side int) bool {
	var c int
	if o == decimalOrder {
		c = parseNumber(v).compare(b.number)
	} else {
		f := o.parse(v)
		switch {
		case math.IsNaN(f):
			return false
		case f < b.float:
			c = -1
		case f > b.float:
			c = 1
		}
	}
	return c == side || c == 0 && !b.exclusive
}

// parse reads a valid float or double; what is too large for it is infinite.
func (o order) parse(v []byte) float64 {
	bits := 64
	if o == floatOrder {
		bits = 32
	}
	f, _ := strconv.ParseFloat(string(v), bits)
	return f
}

// equal compares two valid values.
func (o order) equal(a, b []byte) bool {
	if o == decimalOrder {
		return parseNumber(a).compare(parseNumber(b)) == 0
	}
	x, y := o.parse(a), o.parse(b)
	return x == y || math.IsNaN(x) && math.IsNaN(y)
}

// number is a decimal of any size: its digits without leading and trailing
// zeros.
type number struct {
	negative        bool
	whole, fraction []byte
}

// parseNumber reads a valid decimal or integer.
func parseNumber(v []byte) number {
	var n number
	if len(v) > 0 && (v[0] == '-' || v[0] == '+') {
		n.negative = v[0] == '-'
		v = v[1:]
	}
	whole, fraction, _ := bytes.Cut(v, []byte("."))
	for len(whole) > 0 && whole[0] == '0' {
		whole = whole[1:]
	}
	for len(fraction) > 0 && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	n.whole, n.fraction = whole, fraction
	n.negative = n.negative && len(whole)+len(fraction) > 0
	return n
}

// compare gives -1, 0 or 1.
func (n number) compare(other number) int {
	if n.negative != other.negative {
		if n.negative {
			return -1
		}
		return 1
	}
	c := len(n.whole) - len(other.whole)
	if c == 0 {
		c = bytes.Compare(n.whole, other.whole)
	}
	if c == 0 {
		c = bytes.Compare(n.fraction, other.fraction)
	}
	if n.negative {
		c = -c
	}
	return max(-1, min(1, c))
}

// skipDigits gives the text behind its leading digits and how many these were.
func skipDigits(v []byte) (rest []byte, digits int) {
	for digits < len(v) && '0' <= v[digits] && v[digits] <= '9' {
		digits++
	}
	return v[digits:], digits
}

func skipSign(v []byte) []byte {
	if len(v) > 0 && (v[0] == '+' || v[0] == '-') {
		return v[1:]
	}
	return v
}

func isInteger(v []byte) bool {
	rest, digits := skipDigits(skipSign(v))
	return digits > 0 && len(rest) == 0
}

func isDecimal(v []byte) bool {
	rest, ok := skipDecimal(v)
	return ok && len(rest) == 0
}

// skipDecimal gives the text behind a decimal: digits before or behind the
// point may be missing, not both.
func skipDecimal(v []byte) (rest []byte, ok bool) {
	rest, digits := skipDigits(skipSign(v))
	if len(rest) > 0 && rest[0] == '.' {
		var more int
		rest, more = skipDigits(rest[1:])
		digits += more
	}
	return rest, digits > 0
}

func isFloat(v []byte) bool {
	rest, ok := skipDecimal(v)
	if !ok {
		return string(v) == "INF" || string(v) == "-INF" || string(v) == "NaN"
	}
	if len(rest) > 0 && (rest[0] == 'e' || rest[0] == 'E') {
		return isInteger(rest[1:])
	}
	return len(rest) == 0
}

func isBoolean(v []byte) bool {
	return string(v) == "true" || string(v) == "false" || string(v) == "1" || string(v) == "0"
}

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
