package xsd

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// builtins are the built-in types of XSD 1.0 that this package knows.
var builtins = makeBuiltins()

func makeBuiltins() map[string]*simple {
	all := map[string]*simple{}
	add := func(name string, space whiteSpace, fault diag.Code, lexical func([]byte) bool) *simple {
		t := &simple{
			name: Name{schemaSpace, name}, builtin: name, space: space, lexical: lexical, fault: fault,
			length: -1, minLength: -1, maxLength: -1, totalDigits: -1, fractionDigits: -1,
		}
		all[name] = t
		return t
	}
	add("string", preserve, "", nil).size = characters
	add("normalizedString", replace, "", nil).size = characters
	add("token", collapse, "", nil).size = characters
	add("anyURI", collapse, CodeBadForm, isURI).size = characters
	add("base64Binary", collapse, CodeBadForm, isBase64).size = base64Size
	add("hexBinary", collapse, CodeBadForm, isHex).size = hexSize
	add("boolean", collapse, CodeNotBoolean, isBoolean)
	add("date", collapse, CodeNotDate, isDate)
	add("dateTime", collapse, CodeNotDateTime, isDateTime)
	add("time", collapse, CodeNotTime, isTime)
	add("gYear", collapse, CodeBadForm, isYear)
	add("gYearMonth", collapse, CodeBadForm, isYearMonth)
	add("gMonth", collapse, CodeBadForm, isMonth)
	add("gMonthDay", collapse, CodeBadForm, isMonthDay)
	add("gDay", collapse, CodeBadForm, isDay)
	add("decimal", collapse, CodeNotNumber, isDecimal).order = decimalOrder
	add("float", collapse, CodeNotNumber, isFloat).order = floatOrder
	add("double", collapse, CodeNotNumber, isFloat).order = doubleOrder
	for name, limits := range integers {
		t := add(name, collapse, CodeNotInteger, isInteger)
		t.order = decimalOrder
		if limits[0] != "" {
			t.low = newBound(decimalOrder, limits[0], false)
		}
		if limits[1] != "" {
			t.high = newBound(decimalOrder, limits[1], false)
		}
	}
	return all
}

// builtinBases are the types from which others are derived; the others come from
// xs:anySimpleType (XSD 1.0 part 2, section 3).
var builtinBases = map[string]string{
	"normalizedString": "string", "token": "normalizedString",
	"integer": "decimal", "nonNegativeInteger": "integer", "positiveInteger": "nonNegativeInteger",
	"nonPositiveInteger": "integer", "negativeInteger": "nonPositiveInteger",
	"long": "integer", "int": "long", "short": "int", "byte": "short",
	"unsignedLong": "nonNegativeInteger", "unsignedInt": "unsignedLong", "unsignedShort": "unsignedInt", "unsignedByte": "unsignedShort",
}

// integers are the whole numbers with their limits.
var integers = map[string][2]string{
	"integer":            {},
	"nonNegativeInteger": {"0", ""},
	"positiveInteger":    {"1", ""},
	"nonPositiveInteger": {"", "0"},
	"negativeInteger":    {"", "-1"},
	"long":               {"-9223372036854775808", "9223372036854775807"},
	"int":                {"-2147483648", "2147483647"},
	"short":              {"-32768", "32767"},
	"byte":               {"-128", "127"},
	"unsignedLong":       {"0", "18446744073709551615"},
	"unsignedInt":        {"0", "4294967295"},
	"unsignedShort":      {"0", "65535"},
	"unsignedByte":       {"0", "255"},
}

// isBase64 reads groups of four characters; single spaces may stand between
// them, and the bits that padding leaves over are nought (XSD 1.0 part 2,
// 3.2.16).
func isBase64(v []byte) bool {
	n, padding := 0, 0
	last := byte(0)
	for i, b := range v {
		switch {
		case b == ' ':
			if i+1 == len(v) {
				return false
			}
			continue
		case b == '=':
			padding++
		case padding > 0 || bytes.IndexByte([]byte(base64Alphabet), b) < 0:
			return false
		default:
			last = b
		}
		n++
	}
	bits := bytes.IndexByte([]byte(base64Alphabet), last)
	switch padding {
	case 0:
		return n%4 == 0
	case 1:
		return n%4 == 0 && bits&3 == 0
	case 2:
		return n%4 == 0 && bits&15 == 0
	}
	return false
}

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// base64Size counts the octets of valid base64.
func base64Size(v []byte) int {
	n := len(v) - bytes.Count(v, []byte(" "))
	return n/4*3 - bytes.Count(v, []byte("="))
}

func isHex(v []byte) bool {
	for _, b := range v {
		if !isHexDigit(b) {
			return false
		}
	}
	return len(v)%2 == 0
}

func isHexDigit(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func hexSize(v []byte) int { return len(v) / 2 }

// isURI takes a URI reference in which the characters that a URI may not have
// stand unescaped (XSD 1.0 part 2, 3.2.17): nearly everything.
func isURI(v []byte) bool {
	var escaped strings.Builder
	for _, b := range v {
		if b <= ' ' || b >= 0x7f || strings.IndexByte("<>\"{}|\\^`", b) >= 0 {
			escaped.WriteString("%20")
		} else {
			escaped.WriteByte(b)
		}
	}
	_, err := url.Parse(escaped.String())
	return err == nil && bytes.Count(v, []byte("#")) <= 1
}

// characters counts what the length facets of texts limit.
func characters(v []byte) int { return utf8.RuneCount(v) }

// clock reads the parts of a date or a time; after a wrong part it is not ok.
type clock struct {
	rest []byte
	ok   bool
}

// number reads two digits that give a value from low to high.
func (c *clock) number(low, high int) int {
	const n = 2
	if len(c.rest) < n {
		c.ok = false
		return 0
	}
	value := 0
	for _, b := range c.rest[:n] {
		c.ok = c.ok && '0' <= b && b <= '9'
		value = 10*value + int(b-'0')
	}
	c.ok = c.ok && low <= value && value <= high
	c.rest = c.rest[n:]
	return value
}

func (c *clock) literal(text string) {
	if len(c.rest) < len(text) || string(c.rest[:len(text)]) != text {
		c.ok = false
		return
	}
	c.rest = c.rest[len(text):]
}

// year reads four digits or more, without leading zeros beyond four; there is
// no year 0000. What it gives is enough to tell a leap year.
func (c *clock) year() int {
	if len(c.rest) > 0 && c.rest[0] == '-' {
		c.rest = c.rest[1:]
	}
	rest, digits := skipDigits(c.rest)
	year, zero := 0, true
	for _, b := range c.rest[:digits] {
		year = (10*year + int(b-'0')) % 400
		zero = zero && b == '0'
	}
	c.ok = c.ok && digits >= 4 && !zero && (digits == 4 || c.rest[0] != '0')
	c.rest = rest
	return year
}

var monthDays = [...]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func (c *clock) date() {
	year := c.year()
	c.literal("-")
	month := c.number(1, 12)
	c.literal("-")
	c.day(month, year%4 == 0 && year%100 != 0 || year == 0)
}

// day reads a day of the month.
func (c *clock) day(month int, leap bool) {
	days := 31
	if c.ok {
		days = monthDays[month]
	}
	if month == 2 && leap {
		days++
	}
	c.number(1, days)
}

// time reads hh:mm:ss with a fraction; 24:00:00 is the end of the day.
func (c *clock) time() {
	hour := c.number(0, 24)
	c.literal(":")
	minute := c.number(0, 59)
	c.literal(":")
	second := c.number(0, 59)
	midnight := minute == 0 && second == 0
	if len(c.rest) > 0 && c.rest[0] == '.' {
		rest, digits := skipDigits(c.rest[1:])
		for _, b := range c.rest[1 : 1+digits] {
			midnight = midnight && b == '0'
		}
		c.ok = c.ok && digits > 0
		c.rest = rest
	}
	c.ok = c.ok && (hour < 24 || midnight)
}

// end reads the optional time zone, up to 14 hours, behind which nothing stands.
func (c *clock) end() bool {
	if len(c.rest) == 0 || !c.ok {
		return c.ok
	}
	sign := c.rest[0]
	c.rest = c.rest[1:]
	if sign != 'Z' {
		hour := c.number(0, 14)
		c.literal(":")
		minute := c.number(0, 59)
		c.ok = c.ok && (sign == '+' || sign == '-') && (hour < 14 || minute == 0)
	}
	return c.ok && len(c.rest) == 0
}

func isDate(v []byte) bool {
	c := clock{v, true}
	c.date()
	return c.end()
}

func isTime(v []byte) bool {
	c := clock{v, true}
	c.time()
	return c.end()
}

func isDateTime(v []byte) bool {
	c := clock{v, true}
	c.date()
	c.literal("T")
	c.time()
	return c.end()
}

func isYear(v []byte) bool {
	c := clock{v, true}
	c.year()
	return c.end()
}

func isYearMonth(v []byte) bool {
	c := clock{v, true}
	c.year()
	c.literal("-")
	c.number(1, 12)
	return c.end()
}

func isMonth(v []byte) bool {
	c := clock{v, true}
	c.literal("--")
	c.number(1, 12)
	return c.end()
}

func isMonthDay(v []byte) bool {
	c := clock{v, true}
	c.literal("--")
	month := c.number(1, 12)
	c.literal("-")
	c.day(month, true)
	return c.end()
}

func isDay(v []byte) bool {
	c := clock{v, true}
	c.literal("---")
	c.number(1, 31)
	return c.end()
}
