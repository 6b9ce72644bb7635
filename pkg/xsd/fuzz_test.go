package xsd_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/xsd"
)

// FuzzSession validates any document: it does not fail, says the same a second
// time, and every finding has a place and a code.
func FuzzSession(f *testing.F) {
	for _, d := range append(own(f), mutants(f, own(f), 50)...) {
		f.Add(d.data)
	}
	for _, e := range experiments {
		f.Add([]byte(e.doc))
	}
	schema := bundled(f, "data.xsd")
	f.Fuzz(func(t *testing.T, doc []byte) {
		all, err := events(doc)
		if err != nil {
			return
		}
		var found []xsd.Finding
		s := schema.NewSession(func(f xsd.Finding) { found = append(found, f) })
		valid := feed(s, all)
		assert.Equal(t, len(found) == 0, valid)
		first := found
		found = nil
		assert.Equal(t, valid, feed(s, all))
		assert.Equal(t, first, found)
		for _, f := range found {
			assert.NotEmpty(t, f.Path)
			assert.NotEmpty(t, f.Code)
		}
	})
}

// FuzzEvents calls a session in any order, as no document would.
func FuzzEvents(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x04"))
	schema := bundled(f, "data.xsd")
	names := []string{
		"dat:dataPack", "dat:dataPackItem", "ord:order", "ord:orderHeader", "ord:orderDetail", "ord:orderItem", "ord:text",
		"ord:paymentType", "ord:links", "typ:link", "typ:ids", "ord:partnerIdentity", "typ:address", "typ:extId", "x",
	}
	f.Fuzz(func(_ *testing.T, calls []byte) {
		s := schema.NewSession(func(xsd.Finding) {})
		for _, c := range calls {
			switch {
			case int(c) < len(names):
				s.Start(xsd.ParseName(names[c]), []xsd.Attr{{Name: xsd.Name{Space: "xsi", Local: "nil"}, Value: "1"}}, position)
			case c < 128:
				s.Start(xsd.ParseName(names[int(c)%len(names)]), nil, position)
			case c < 160:
				s.Text([]byte("x "))
			default:
				s.End()
			}
		}
		s.Done()
	})
}

// FuzzCompile reads any schema document.
func FuzzCompile(f *testing.F) {
	for _, r := range refused {
		f.Add([]byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">` + r.inside + `</xs:schema>`))
	}
	f.Add([]byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">` + sampler + `</xs:schema>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		schema, err := xsd.Compile(fstest.MapFS{"t.xsd": {Data: text}}, "t.xsd", map[string]string{"t": "urn:t"})
		if err != nil {
			assert.NotEmpty(t, err.Error())
			return
		}
		d, ok := schema.Element(xsd.ParseName("t:r"))
		if !ok {
			return
		}
		s := schema.NewSession(func(xsd.Finding) {})
		s.Start(d.Name, nil, position)
		for _, child := range d.Children() {
			s.Start(child.Name, nil, position)
			s.End()
		}
		s.End()
		s.Done()
	})
}
