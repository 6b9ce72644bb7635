package xmlio

import "github.com/beevik/etree"

// Element reads the rest of the element that has just started and gives all of
// it: names in customary prefixes, no namespace declarations, no comments, CDATA as
// plain text. White space beside child elements is left out.
//
// A name in a namespace that is not ours has the Space "{uri}", which etree does
// not expect of a prefix: look such names up by Space and Tag, not by a path.
func (s *Scanner) Element() (*etree.Element, error) {
	el := s.element()
	for {
		kind, err := s.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case Start:
			child, err := s.Element()
			if err != nil {
				return nil, err
			}
			el.AddChild(child)
		case Text:
			if !blank(s.text) || len(el.Child) == 0 && s.closing() {
				el.CreateText(string(s.text))
			}
		case End:
			return el, nil
		}
	}
}

// element makes an element of the current start tag.
func (s *Scanner) element() *etree.Element {
	el := &etree.Element{Space: s.name.Space, Tag: s.name.Local}
	if len(s.attrs) > 0 {
		el.Attr = make([]etree.Attr, len(s.attrs))
		for i, a := range s.attrs {
			el.Attr[i] = etree.Attr{Space: a.Space, Key: a.Local, Value: a.Value}
		}
	}
	return el
}

// closing tells whether an end tag follows the current text.
func (s *Scanner) closing() bool { return s.buf[s.pos+1] == '/' }
