package xsd

import "slices"

// lineage notes what a type of values is derived from.
func (c *compiler) lineage(n *node, t *typ) error {
	variety, err := n.only("restriction", "union")
	if err != nil {
		return err
	}
	if variety.name == "union" {
		t.members, err = c.unionTypes(variety)
		return err
	}
	if name, named := variety.attr("base"); named {
		t.base, err = c.namedType(variety, name)
		return err
	}
	for _, child := range variety.nodes {
		if child.name == "simpleType" {
			t.base, err = c.typeAt(child)
		}
	}
	return err
}

// derives tells whether a type may stand for another in xsi:type: it is the same
// or derived from it, or from a member of the union (XSD 1.0 part 1, 3.4.6 and
// 3.14.6).
func (t *typ) derives(from *typ) bool {
	if from.content == anyContent {
		return true
	}
	for b := t; b != nil; b = b.base {
		if b == from {
			return true
		}
	}
	return slices.ContainsFunc(from.members, t.derives)
}

// typeOf gives the type that holds for an element: its own, or the one that
// xsi:type names. An attribute is given back that names none that may.
func (s *Session) typeOf(e *element, attrs []Attr) (t *typ, misnamed *Attr) {
	for i := range attrs {
		a := &attrs[i]
		if a.Name != typeAttribute {
			continue
		}
		named := a.Means
		if named.Space == "{"+schemaURI+"}" {
			named.Space = schemaSpace
		}
		if t := s.schema.types[named]; t != nil && t.derives(e.typ) {
			return t, nil
		}
		return e.typ, a
	}
	return e.typ, nil
}
