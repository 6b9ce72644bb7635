package xsd_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

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
