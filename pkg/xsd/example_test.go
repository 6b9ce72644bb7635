package xsd_test

import (
	"fmt"
	"testing/fstest"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/xsd"
)

// A schema says what an element may hold, and what is wrong with a document.
func Example() {
	set := fstest.MapFS{"t.xsd": {Data: []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
		<xs:element name="code"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="4"/></xs:restriction></xs:simpleType></xs:element>
	</xs:schema>`)}}
	schema, err := xsd.Compile(set, "t.xsd", map[string]string{"t": "urn:t"})
	if err != nil {
		fmt.Println(err)
		return
	}
	code, _ := schema.Element(xsd.ParseName("t:code"))
	fmt.Println(code.Builtin, code.MaxLength)

	session := schema.NewSession(func(f xsd.Finding) { fmt.Println(f.Code, f.Path, f.Value) })
	el := etree.NewElement("t:code")
	el.SetText("CHAIR")
	session.Tree(el)
	fmt.Println(session.Done())
	// Output:
	// string 4
	// xsd-too-long t:code CHAIR
	// false
}
