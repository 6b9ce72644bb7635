package xsd

import "github.com/gopohoda/pohoda/pkg/diag"

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
