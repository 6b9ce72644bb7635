package xsd

import "slices"

// Attributes that every element may have.
var (
	nilAttribute  = Name{instanceSpace, "nil"}
	typeAttribute = Name{instanceSpace, "type"}
	idAttribute   = Name{Local: "id"}
)

var anywhere = []Name{
	{instanceSpace, "schemaLocation"}, {instanceSpace, "noNamespaceSchemaLocation"},
}

// startAttributes checks the attributes of a start tag.
func (s *Session) startAttributes(e *opened, attrs []Attr) {
	for i := range attrs {
		if attrs[i].Name == idAttribute {
			e.id = attrs[i].Value
		}
	}
	var seen uint64
	for i := range attrs {
		a := &attrs[i]
		if a.Space == instanceSpace && s.instance(e, a) {
			continue
		}
		if k := e.typ.attribute(a.Name); k >= 0 {
			seen |= 1 << k
			s.checkAttribute(e, a, &e.typ.attributes[k])
		} else if !e.typ.anyAttribute {
			s.unknownAttribute(e, a)
		}
	}
	s.requireAttributes(e, seen)
}

func (s *Session) requireAttributes(e *opened, seen uint64) {
	for k := range e.typ.attributes {
		if e.typ.attributes[k].required && seen&(1<<k) == 0 {
			s.missingAttribute(e, e.typ.attributes[k].name)
		}
	}
}

// attribute gives the index of an attribute, -1 for an unknown one.
func (t *typ) attribute(name Name) int {
	for k := range t.attributes {
		if t.attributes[k].name == name {
			return k
		}
	}
	return -1
}

func (s *Session) checkAttribute(e *opened, a *Attr, use *attributeUse) {
	s.value = append(s.value[:0], a.Value...)
	if code := use.simple.check(s.value); code != "" {
		s.wrongValue(e, code, "/@"+a.Name.String(), a.Value, use.simple)
		return
	}
	if use.value != nil && use.value.fixed && !use.simple.equal(s.value, use.value.text) {
		s.notFixed(e, "/@"+a.Name.String(), a.Value, use.value.text)
	}
}

// instance takes the attributes of the XMLSchema-instance namespace; it tells
// whether this is one of them.
func (s *Session) instance(e *opened, a *Attr) bool {
	switch a.Name {
	case nilAttribute:
		s.setNil(e, a)
		return true
	case typeAttribute:
		return true
	}
	return slices.Contains(anywhere, a.Name)
}

// setNil takes xsi:nil, which only a nillable element may have, whatever its
// value (XSD 1.0 part 1, 3.3.4, element locally valid, clause 3).
func (s *Session) setNil(e *opened, a *Attr) {
	s.value = append(s.value[:0], a.Value...)
	boolean := builtins["boolean"]
	if code := boolean.check(s.value); code != "" {
		s.wrongValue(e, code, "/@xsi:nil", a.Value, boolean)
		return
	}
	nilled := isTrue(boolean.space.normalize(s.value))
	if !e.nillable || nilled && e.element.value != nil && e.element.value.fixed {
		s.find(e, CodeNil, "/@xsi:nil", a.Value, "name", e.name.String())
		return
	}
	e.nilled = nilled
}
