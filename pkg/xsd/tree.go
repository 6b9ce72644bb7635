package xsd

import (
	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Tree takes a whole element whose names have house prefixes, as the next child
// of the innermost open element or as the document, as do those that xsi:type
// names. Trees know no positions.
func (s *Session) Tree(el *etree.Element) {
	s.attrs = s.attrs[:0]
	for i := range el.Attr {
		a := &el.Attr[i]
		if a.Space != "xmlns" && (a.Space != "" || a.Key != "xmlns") {
			s.attrs = append(s.attrs, Attr{Name: Name{a.Space, a.Key}, Value: a.Value, Means: ParseName(a.Value)})
		}
	}
	s.Start(Name{el.Space, el.Tag}, s.attrs, diag.Position{})
	for _, child := range el.Child {
		switch child := child.(type) {
		case *etree.Element:
			s.Tree(child)
		case *etree.CharData:
			s.value = append(s.value[:0], child.Data...)
			s.Text(s.value)
		}
	}
	s.End()
}
