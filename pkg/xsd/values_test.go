package xsd_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// schemaOf compiles what stands inside a schema element; its names are in the
// namespace urn:t with the prefix t; beside it lies u.xsd, which is empty.
func schemaOf(inside string) (*xsd.Schema, error) {
	text := `<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t"
		targetNamespace="urn:t" elementFormDefault="qualified">` + inside + `</xs:schema>`
	other := `<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:u"/>`
	set := fstest.MapFS{"t.xsd": {Data: []byte(text)}, "u.xsd": {Data: []byte(other)}}
	return xsd.Compile(set, "t.xsd", map[string]string{"t": "urn:t"})
}

// valueSession checks values of one type, given by its name or definition.
func valueSession(t testing.TB, definition string) (*xsd.Session, *[]xsd.Finding) {
	declaration := `<xs:element name="v" type="` + definition + `"/>`
	if strings.HasPrefix(definition, "<") {
		declaration = `<xs:element name="v"><xs:simpleType>` + definition + `</xs:simpleType></xs:element>`
	}
	schema, err := schemaOf(declaration)
	require.NoError(t, err, definition)
	var found []xsd.Finding
	return schema.NewSession(func(f xsd.Finding) { found = append(found, f) }), &found
}

func check(s *xsd.Session, value string) bool {
	s.Start(xsd.ParseName("t:v"), nil, position)
	s.Text([]byte(value))
	s.End()
	return s.Done()
}

func restriction(base, facets string) string {
	return `<xs:restriction base="xs:` + base + `">` + facets + `</xs:restriction>`
}

// values are those a type takes and refuses by XSD 1.0 part 2.
var values = []struct {
	definition string
	good, bad  []string
}{
	{"xs:string", []string{"", " ", "a\nb"}, nil},
	{"xs:boolean", []string{"true", "false", "1", "0", " true\n"}, []string{"", "True", "yes", "01"}},
	{"xs:decimal", []string{"0", "-1", "+1", ".5", "5.", "-.5", "007.10", " 1 ", strings.Repeat("9", 40)}, []string{"", ".", "+", "1,5", "1 500", "1e1", "INF", "--1", "0x1", "\u2212" + "1", "\u0663"}},
	{"xs:integer", []string{"0", "-0", "+5", "007", strings.Repeat("9", 40)}, []string{"", "1.0", "1.", "1e1", "- 1"}},
	{"xs:nonNegativeInteger", []string{"0", "-0", "5"}, []string{"-1"}},
	{"xs:positiveInteger", []string{"1", "+1"}, []string{"0", "-0", "-1"}},
	{"xs:nonPositiveInteger", []string{"0", "-5"}, []string{"1"}},
	{"xs:negativeInteger", []string{"-1", "-10"}, []string{"0", "-0", "1"}},
	{"xs:long", []string{"9223372036854775807", "-9223372036854775808"}, []string{"9223372036854775808", "-9223372036854775809"}},
	{"xs:int", []string{"2147483647", "0002147483647", "-2147483648"}, []string{"2147483648", "-2147483649"}},
	{"xs:short", []string{"32767", "-32768", "1 "}, []string{"32768", "-32769", "1.0"}},
	{"xs:byte", []string{"127", "-128"}, []string{"128", "-129"}},
	{"xs:unsignedLong", []string{"18446744073709551615"}, []string{"18446744073709551616", "-1"}},
	{"xs:unsignedInt", []string{"4294967295"}, []string{"4294967296"}},
	{"xs:unsignedShort", []string{"65535"}, []string{"65536"}},
	{"xs:unsignedByte", []string{"255"}, []string{"256"}},
	{"xs:float", []string{"1", "-1.5", ".5", "5.", "1e5", "1E+05", "-.5e-3", "1e400", "INF", "-INF", "NaN"}, []string{"", "0.1e", "e5", "1e5.0", "+INF", "inf", "nan", "1_000", "0x1p1", "1,5", "Infinity"}},
	{"xs:double", []string{"1e-400", "100000000000000000000"}, []string{"0.1e", "1e+"}},
	{"xs:date", []string{"2026-03-02", " 2026-03-02\n", "2024-02-29", "2000-02-29", "12026-03-02", "-0044-03-15", "-0004-02-29", "2026-03-02Z", "2026-03-02+14:00", "2026-03-02-01:30"},
		[]string{"", "2023-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-3-2", "20260302", "02026-03-02", "0000-01-01", "226-01-01", "2026-03-02+14:01", "2026-03-02+15:00", "2026-03-02+1:00", "2026-03-02 Z", "2026-03-02T00:00:00", "02.03.2026", "+2026-03-02"}},
	{"xs:time", []string{"08:15:00", "24:00:00", "23:59:59.999Z", "08:15:00+01:00"}, []string{"8:15:00", "08:15", "24:00:01", "25:00:00", "08:60:00", "08:15:60", "08:15:00.", "24:00:00.1"}},
	{"xs:dateTime", []string{"2026-03-02T08:15:00", "2026-03-02T24:00:00.000", "2026-03-02T08:15:00.123456789", "2026-03-02T08:15:00Z"}, []string{"2026-03-02", "2026-03-02 08:15:00", "2026-03-02T8:15:00", "2026-02-30T08:15:00"}},
	{"xs:gYear", []string{"2026", "-0001", "12026", "2026Z"}, []string{"0000", "999", "02026", "26"}},
	{"xs:gYearMonth", []string{"2026-02", "2026-02Z"}, []string{"2026-13", "2026"}},
	{"xs:gMonth", []string{"--02"}, []string{"--13", "02", "--02--"}},
	{"xs:gMonthDay", []string{"--02-29"}, []string{"--02-30", "--04-31"}},
	{"xs:gDay", []string{"---31"}, []string{"---32", "31"}},
	{"xs:base64Binary", []string{"", "TWE=", "T W E =", "TWFu\nTWFu", "TQ=="}, []string{"TWE", "TW=E", "=", "TWF=", "TR==", "T===", "ř", "T!E="}},
	{"xs:hexBinary", []string{"", "0a", " 0A "}, []string{"0", "0g", "0a 0b"}},
	{"xs:anyURI", []string{"", "http://crm.example/a b", "č", "?a=b#c"}, []string{"%zz", "a#b#c", ":a", "http://[x"}},
	{restriction("string", `<xs:maxLength value="3"/>`), []string{"", "řžš", "😀😀😀"}, []string{"abcd", "ab  "}},
	{restriction("string", `<xs:minLength value="2"/>`), []string{"ab", "  "}, []string{"", "ř"}},
	{restriction("token", `<xs:length value="3"/>`), []string{"a b", " a \n b "}, []string{"ab", "a b c"}},
	{restriction("normalizedString", `<xs:pattern value="a b"/>`), []string{"a\nb"}, []string{"a  b"}},
	{restriction("base64Binary", `<xs:length value="2"/>`), []string{"TWE=", "T W E ="}, []string{"TWFu", "TQ=="}},
	{restriction("hexBinary", `<xs:maxLength value="1"/>`), []string{"0a"}, []string{"0a0b"}},
	{restriction("string", `<xs:enumeration value="a"/><xs:enumeration value=""/>`), []string{"a", ""}, []string{" a", "A"}},
	{restriction("decimal", `<xs:enumeration value="1.0"/>`), []string{"1", "01.00"}, []string{"1.1"}},
	{restriction("decimal", `<xs:totalDigits value="3"/><xs:fractionDigits value="2"/>`), []string{"1.23", "001.230", "0.05"}, []string{"12.34", "1.234", "1000"}},
	{restriction("decimal", `<xs:minExclusive value="0"/><xs:maxExclusive value="1.5"/>`), []string{"0.1", "1.49"}, []string{"0", "-0.0", "1.5", "1.50"}},
	{restriction("float", `<xs:minInclusive value="-999"/><xs:maxInclusive value="999"/>`), []string{"999", "-9.99e2"}, []string{"999.5", "-INF", "NaN"}},
	{restriction("double", `<xs:maxInclusive value="0"/>`), []string{"-0", "-INF"}, []string{"1e-300", "NaN"}},
	{`<xs:union memberTypes="xs:date"><xs:simpleType>` + restriction("string", `<xs:enumeration value=""/>`) + `</xs:simpleType></xs:union>`, []string{"", "2026-03-02", " 2026-03-02 "}, []string{" ", "x"}},
	{restriction("string", `<xs:pattern value="\d{2}-[0-9A-F]+|x"/>`), []string{"12-A", "x", "\u0661\u0662-0"}, []string{"12-", "12-Ax", "xx", "12-a"}},
	{restriction("string", `<xs:pattern value=".*[^\s].*"/>`), []string{"a", " a "}, []string{"", " ", "a\nb"}},
	{restriction("string", `<xs:pattern value="^a$"/>`), []string{"^a$"}, []string{"a"}},
	{restriction("string", `<xs:pattern value="[\^\s.]\D\s"/>`), []string{"^a ", ".a\t"}, []string{"a1 "}},
	{restriction("string", `<xs:whiteSpace value="collapse"/><xs:pattern value="a b"/><xs:pattern value="c"/>`), []string{" a  b ", "c"}, []string{"ab"}},
}

func TestValues(t *testing.T) {
	for _, v := range values {
		s, found := valueSession(t, v.definition)
		for _, good := range v.good {
			assert.True(t, check(s, good), "%s takes %q: %v", v.definition, good, *found)
		}
		for _, bad := range v.bad {
			assert.False(t, check(s, bad), "%s refuses %q", v.definition, bad)
		}
	}
}

// derived is a schema with types that come from each other.
const derived = `
<xs:element name="r"><xs:complexType><xs:sequence>
  <xs:element name="text" type="t:long" minOccurs="0"/>
  <xs:element name="plain" type="xs:string" minOccurs="0" default="a default"/>
  <xs:element name="number" type="xs:decimal" minOccurs="0"/>
  <xs:element name="either" type="t:either" minOccurs="0"/>
  <xs:element name="base" type="t:base" minOccurs="0"/>
  <xs:element name="any" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
<xs:simpleType name="long"><xs:restriction base="xs:string"><xs:maxLength value="8"/></xs:restriction></xs:simpleType>
<xs:simpleType name="short"><xs:restriction base="t:long"><xs:maxLength value="2"/></xs:restriction></xs:simpleType>
<xs:simpleType name="inside"><xs:restriction><xs:simpleType><xs:restriction base="t:long"><xs:maxLength value="3"/></xs:restriction></xs:simpleType></xs:restriction></xs:simpleType>
<xs:simpleType name="either"><xs:union memberTypes="xs:date t:short"/></xs:simpleType>
<xs:complexType name="base"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType>
<xs:complexType name="more"><xs:complexContent><xs:extension base="t:base"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence><xs:attribute name="c" use="required"/></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="text"><xs:simpleContent><xs:extension base="t:long"><xs:attribute name="c"/></xs:extension></xs:simpleContent></xs:complexType>`

// TestTypeAttribute has what xsi:type may say (XSD 1.0 part 1, 3.3.4): the codes
// are those of the element that is held to the type.
func TestTypeAttribute(t *testing.T) {
	schema, err := schemaOf(derived)
	require.NoError(t, err)
	const misnamed = "[xsd-type-attribute]"
	for _, c := range []struct{ doc, want string }{
		{`<text xsi:type="t:long">abc</text>`, ""},
		{`<text xsi:type=" t:long ">abc</text>`, ""},
		{`<text xsi:type="long">abc</text>`, ""}, // t is the default namespace
		{`<text xsi:type="xs:string">abc</text>`, misnamed},
		{`<text xsi:type="u:long">abc</text>`, misnamed},
		{`<text xsi:type="v:long" xmlns:v="urn:t">abc</text>`, ""},
		{`<text xsi:type="nope:long">abc</text>`, misnamed},
		{`<text xsi:type="t:nothing">abc</text>`, misnamed},
		{`<text xsi:type="">abc</text>`, misnamed},
		{`<text xsi:type="t:">abc</text>`, misnamed},
		{`<text xsi:type=":long">abc</text>`, misnamed},
		{`<text xsi:type="t:short">ab</text>`, ""},
		{`<text xsi:type="t:short">abc</text>`, "[xsd-too-long]"},
		{`<text xsi:type="t:inside">abcd</text>`, "[xsd-too-long]"},
		{`<text xsi:type="t:text" c="1">abc</text>`, ""},
		{`<text xsi:type="t:long" c="1">abc</text>`, "[xsd-no-attributes]"},
		{`<plain xsi:type="xs:token"> a  b </plain>`, ""},
		{`<plain xsi:type="t:short"/>`, "[xsd-too-long]"}, // the default is none of the type
		{`<plain xsi:type="t:long"/>`, "[xsd-too-long]"},
		{`<plain xsi:type="xs:string"/>`, ""},
		{`<number xsi:type="xs:int">1</number>`, ""},
		{`<number xsi:type="xs:byte">1.5</number>`, "[xsd-not-an-integer]"},
		{`<number xsi:type="xs:float">1</number>`, misnamed},
		{`<either xsi:type="xs:date">2026-01-31</either>`, ""},
		{`<either xsi:type="xs:date">ab</either>`, "[xsd-not-a-date]"},
		{`<either xsi:type="t:either">ab</either>`, ""},
		{`<either xsi:type="t:long">ab</either>`, misnamed},
		{`<base xsi:type="t:more" c="1"><a/><b/></base>`, ""},
		{`<base xsi:type="t:more"><a/></base>`, "[xsd-missing-attribute][xsd-missing-element]"},
		{`<base xsi:type="t:base"><a/><b/></base>`, "[xsd-unexpected-element]"},
		{`<base xsi:type="t:text"><a/></base>`, misnamed},
		{`<any xsi:type="t:short">abc</any>`, "[xsd-too-long]"},
		{`<any xsi:type="t:base"><a/></any>`, ""},
		{`<any xsi:type="xs:anyType"><x/></any>`, ""},
		{`<any xsi:type="t:nothing"><x/></any>`, misnamed},
	} {
		doc := strings.Replace(sampled(c.doc), "<r ", `<r xmlns:t="urn:t" `, 1)
		assert.Equal(t, c.want, codes(findings(t, schema, doc)), c.doc)
	}
}

func TestKnow(t *testing.T) {
	schema, err := schemaOf(`<xs:element name="r"><xs:complexType><xs:choice><xs:element name="a" type="xs:string"/></xs:choice></xs:complexType></xs:element>`)
	require.NoError(t, err)
	names := []xsd.Name{xsd.ParseName("t:a"), xsd.ParseName("t:b"), xsd.ParseName("ord:c")}
	assert.False(t, schema.Know(names, xsd.ParsePath("t:r/t:a")...), "it holds no choice")
	require.True(t, schema.Know(names, xsd.ParsePath("t:r")...))
	for _, c := range []struct{ doc, want string }{
		{"<a/>", ""},
		{"<a><x/></a>", "[xsd-element-in-value]"},
		{"<b/>", "<t:b>"},
		{"<b><x y='z'><b/></x></b>", "<t:b>"},
		{"<a/><b/>", "[xsd-misplaced-element]<t:b>"},
		{"<b/><a/>", "<t:b>[xsd-misplaced-element]"},
		{"<b/><b/>", "<t:b>[xsd-duplicate-element]<t:b>"},
		{"<b/><x/>", "<t:b>[xsd-unexpected-element]"},
		{"<c/>", "[xsd-wrong-namespace]"},
		{"<x/>", "[xsd-unexpected-element]"},
		{"", "[xsd-missing-element]"},
	} {
		all, err := events([]byte(sampled(c.doc)))
		require.NoError(t, err)
		told := ""
		s := schema.NewSession(func(f xsd.Finding) { told += "[" + string(f.Code) + "]" })
		s.Passed(func(name xsd.Name, _ diag.Position) { told += "<" + name.String() + ">" })
		feed(s, all)
		assert.Equal(t, c.want, told, c.doc)
	}
}
