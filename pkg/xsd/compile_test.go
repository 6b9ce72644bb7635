package xsd_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

func TestCompileBundled(t *testing.T) {
	for _, root := range roots {
		bundled(t, root)
	}
}

func TestCompileOfficial(t *testing.T) {
	for _, root := range []string{"data.xsd", "response.xsd", "data-package.xsd", "tableExport.xsd", "actionPrice.xsd"} {
		official(t, root)
	}
}

// refused are contents of a schema that are not taken.
var refused = []struct{ inside, message string }{
	{`<xs:include schemaLocation="a.xsd"/>`, "t.xsd:2: the schema uses what this tool does not know: include"},
	{`<xs:redefine schemaLocation="a.xsd"/>`, "redefine"},
	{`<xs:attribute name="a"/>`, "attribute"},
	{`<xs:element name="a" substitutionGroup="t:b"/>`, "element/@substitutionGroup"},
	{`<xs:element name="a" abstract="true"/>`, "element/@abstract"},
	{`<xs:element name="a" type="xs:ID"/>`, "the type xs:ID"},
	{`<xs:element name="a" type="t:b"/>`, `the schema does not define "t:b"`},
	{`<xs:element name="a" type="u:b"/>`, `the schema does not define "u:b"`},
	{`<xs:element name="a" type="xs:string"><xs:simpleType/></xs:element>`, "simpleType beside type"},
	{`<xs:element name="a" type="xs:int" default="x"/>`, `the schema contradicts itself: the value "x" is not one of the type of a`},
	{`<xs:element name="a"><xs:complexType/><xs:key name="k"/></xs:element>`, "key in element"},
	{`<xs:simpleType name="a"><xs:list itemType="xs:int"/></xs:simpleType>`, "list in simpleType"},
	{`<xs:simpleType name="a"/>`, "an empty simpleType"},
	{`<xs:simpleType name="a"><xs:union/></xs:simpleType>`, "a union of nothing"},
	{`<xs:simpleType name="a"><xs:restriction base="xs:int"><xs:maxLength value="1"/></xs:restriction></xs:simpleType>`, "maxLength of xs:int"},
	{`<xs:simpleType name="a"><xs:restriction base="xs:string"><xs:maxLength value="x"/></xs:restriction></xs:simpleType>`, "maxLength x"},
	{`<xs:simpleType name="a"><xs:restriction base="xs:string"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType>`, "minInclusive of xs:string"},
	{`<xs:simpleType name="a"><xs:restriction base="xs:date"><xs:enumeration value="2026-01-01"/></xs:restriction></xs:simpleType>`, "an enumeration of xs:date"},
	{`<xs:simpleType name="a"><xs:restriction base="xs:int"><xs:enumeration value="x"/></xs:restriction></xs:simpleType>`, `the value "x"`},
	{`<xs:simpleType name="a"><xs:restriction base="xs:string"><xs:pattern value="[a-z-[b]]"/></xs:restriction></xs:simpleType>`, "the pattern [a-z-[b]]"},
	{`<xs:simpleType name="a"><xs:restriction base="xs:string"><xs:pattern value="\i\c*"/></xs:restriction></xs:simpleType>`, `the pattern \i\c*`},
	{`<xs:simpleType name="a"><xs:restriction base="xs:string"><xs:pattern value="("/></xs:restriction></xs:simpleType>`, "the pattern ("},
	{`<xs:simpleType name="a"><xs:restriction base="xs:token"><xs:whiteSpace value="preserve"/></xs:restriction></xs:simpleType>`, "whiteSpace preserve"},
	{`<xs:simpleType name="a"><xs:restriction base="t:a"/></xs:simpleType>`, "a restriction of what is no simple type"},
	{`<xs:complexType name="a"><xs:complexContent><xs:restriction base="xs:anyType"/></xs:complexContent></xs:complexType>`, "restriction in complexContent"},
	{`<xs:complexType name="a"><xs:complexContent><xs:extension base="t:a"/></xs:complexContent></xs:complexType>`, "an extension of t:a"},
	{`<xs:complexType name="a"><xs:sequence><xs:any/></xs:sequence></xs:complexType>`, "any with checks"},
	{`<xs:complexType name="a"><xs:sequence><xs:element name="b" type="xs:int" minOccurs="0"/><xs:element name="b" type="xs:int"/></xs:sequence></xs:complexType>`, "two places compete for t:b"},
	{`<xs:complexType name="a"><xs:choice><xs:element name="b" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice></xs:complexType>`, "two places compete for t:b"},
	{`<xs:complexType name="a"><xs:all><xs:element name="b" type="xs:int" maxOccurs="2"/></xs:all></xs:complexType>`, "an element of xs:all more than once"},
	{`<xs:complexType name="a"><xs:sequence><xs:group ref="t:g"/></xs:sequence></xs:complexType><xs:group name="g"><xs:all><xs:element name="b" type="xs:int"/></xs:all></xs:group>`, "an xs:all inside a group"},
	{`<xs:complexType name="a"><xs:sequence minOccurs="2"/></xs:complexType>`, "minOccurs 2"},
	{`<xs:complexType name="a"><xs:sequence minOccurs="1" maxOccurs="0"/></xs:complexType>`, "minOccurs above maxOccurs"},
	{`<xs:complexType name="a"><xs:sequence maxOccurs="-1"/></xs:complexType>`, "maxOccurs -1"},
	{`<xs:complexType name="a"><xs:attribute name="b" type="xs:int" use="prohibited"/></xs:complexType>`, "a prohibited attribute"},
	{`<xs:complexType name="a"><xs:attribute name="b" type="xs:int"/><xs:attribute name="b" type="xs:int"/></xs:complexType>`, "a second attribute b"},
	{`<xs:complexType name="a"><xs:attribute name="b" type="t:a"/></xs:complexType>`, "an attribute of a type that is not simple"},
	{`<xs:complexType name="a"><xs:attributeGroup ref="t:g"/></xs:complexType>`, `the schema does not define "t:g"`},
	{`<xs:complexType name="a"><xs:group ref="t:g"/></xs:complexType><xs:group name="g"><xs:sequence><xs:group ref="t:g"/></xs:sequence></xs:group>`, "a group inside itself"},
	{`<xs:complexType name="a"><xs:attributeGroup ref="t:g"/></xs:complexType><xs:attributeGroup name="g"><xs:attributeGroup ref="t:g"/></xs:attributeGroup>`, "a group inside itself"},
	{`<xs:complexType name="a"/><xs:complexType name="a"/>`, "a type without a name of its own"},
	{`<xs:import namespace="urn:x" schemaLocation="../x.xsd"/>`, "the schema cannot be read"},
	{`<xs:import namespace="urn:x" schemaLocation="u.xsd"/>`, "an import of u.xsd for another namespace than its own"},
	{`<foreign xmlns="urn:f"/>`, "foreign"},
}

func TestCompileRefuses(t *testing.T) {
	for _, r := range refused {
		_, err := schemaOf(r.inside)
		if assert.Error(t, err, r.inside) {
			var issue *diag.Issue
			assert.True(t, errors.As(err, &issue), r.inside)
			assert.Contains(t, err.Error(), r.message, r.inside)
		}
	}
}

func TestCompileRefusesUnreadable(t *testing.T) {
	for text, message := range map[string]string{
		"":                              "the document ends too early",
		"<a":                            "t.xsd:1: the schema cannot be read",
		"<a>\n<b></a>":                  "t.xsd:2: the schema cannot be read: </a> closes nothing",
		"<abc></ab>":                    "</ab> closes nothing",
		"<a/><b/>":                      "a second document element",
		"<a/>x":                         "text outside",
		"<a b/>":                        "an attribute has no value",
		"<a b=c/>":                      "not quoted",
		"<a b='c/>":                     "no ' to the end",
		"<!-- ":                         "no --> to the end",
		"<!DOCTYPE a><a/>":              "a document type is not allowed",
		"<p:a/>":                        "undeclared prefix p",
		"<a b='&x;'/>":                  "unknown reference &x;",
		"<a b='&'/>":                    "an & without its ;",
		"< a/>":                         "a name is expected",
		`<?xml encoding="koi8"?><a/>`:   "unknown encoding koi8",
		"<a xmlns='urn:other'/>":        "the schema uses what this tool does not know: a",
		"<?xml encoding='utf-8'?>\xff<": "not UTF-8",
	} {
		_, err := xsd.Compile(fstest.MapFS{"t.xsd": {Data: []byte(text)}}, "t.xsd", nil)
		assert.ErrorContains(t, err, message, text)
	}
}

// TestCompileEncodings reads the same schema, with an enumeration that is not
// ASCII, in several encodings and with everything that XML offers.
func TestCompileEncodings(t *testing.T) {
	const body = `<!-- a comment --><s:schema xmlns:s='http://www.w3.org/2001/XMLSchema'><?a b?>
		<s:element name="v"><s:annotation><s:documentation>a <b>bold</b> &lt;word&gt; <![CDATA[& more]]></s:documentation></s:annotation>
		<s:simpleType><s:restriction base = "s:string"><s:enumeration value="&#268;esk&#xFD; š"/></s:restriction></s:simpleType></s:element></s:schema>`
	for label, encoding := range map[string]charset.Encoding{
		"Windows-1250": charset.Windows1250, "ISO-8859-2": charset.ISO88592, "UTF-8": charset.UTF8, "utf-16": charset.UTF16LE,
	} {
		data, bad := encoding.Append(nil, []byte(`<?xml version="1.0" encoding="`+label+`"?>`+body))
		require.Zero(t, bad)
		if encoding == charset.UTF16LE {
			data = append([]byte{0xFF, 0xFE}, data...)
		}
		schema, err := xsd.Compile(fstest.MapFS{"t.xsd": {Data: data}}, "t.xsd", nil)
		require.NoError(t, err, label)
		d, ok := schema.Element(xsd.Name{Local: "v"})
		require.True(t, ok)
		assert.Equal(t, []string{"Český š"}, d.Enumeration, label)
		assert.Equal(t, "a <word> & more", d.Doc(), label)
	}
}

// TestWildcards covers what only POHODA's rarer schemas use.
func TestWildcards(t *testing.T) {
	schema, err := schemaOf(`<xs:element name="r"><xs:complexType><xs:sequence>
		<xs:element name="a" type="xs:int"/><xs:any minOccurs="0" processContents="skip"/><xs:element name="free"/></xs:sequence>
		<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element><xs:element name="n" type="xs:int"/>
		<xs:element name="box"><xs:complexType><xs:sequence><xs:any processContents="skip"/></xs:sequence></xs:complexType></xs:element>`)
	require.NoError(t, err)
	for doc, valid := range map[string]bool{
		`<r xmlns="urn:t" x="1"><a>1</a><b xmlns=""><c y="1"/></b><free/></r>`: true,
		`<r xmlns="urn:t"><a>1</a><b/><free z="1">text<b/><n>1</n></free></r>`: true,
		`<r xmlns="urn:t"><a>1</a><b/><free><b><n>x</n></b></free></r>`:        false,
		`<r xmlns="urn:t"><a>1</a><b/></r>`:                                    false,
		`<r xmlns="urn:t"><b/><a>1</a><free/></r>`:                             false,
	} {
		assert.Equal(t, valid, len(findings(t, schema, doc)) == 0, doc)
	}
	assert.Empty(t, findings(t, schema, `<box xmlns="urn:t"><x/></box>`))
	assert.Equal(t, "t:box: t:box lacks *", tell(findings(t, schema, `<box xmlns="urn:t"/>`)))
}
