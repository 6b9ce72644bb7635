package xsd

import (
	"bytes"
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// simple is a type of values: a built-in type with the facets of all
// restrictions down to it, or a union of such types.
type simple struct {
	name Name
	// builtin is the built-in type at its root, such as "date".
	builtin string
	space   whiteSpace
	// lexical tells whether a text is of the built-in type; nil takes any.
	lexical func([]byte) bool
	// fault is the code of a text that is not.
	fault diag.Code
	// size measures a value for the length facets; nil where they do not apply.
	size                         func([]byte) int
	length, minLength, maxLength int // -1 is none
	order                        order
	low, high                    *bound
	totalDigits, fractionDigits  int // -1 is none
	enumeration                  []string
	patterns                     []*pattern
	// members are the types of a union.
	members []*simple
}

// check gives the code of what is wrong with a value, "" when it is valid. The
// value comes as it stands in the document.
func (t *simple) check(raw []byte) diag.Code {
	if t.members != nil {
		return t.checkMembers(raw)
	}
	v := t.space.normalize(raw)
	if t.lexical != nil && !t.lexical(v) {
		if len(v) == 0 {
			return CodeEmpty
		}
		return t.fault
	}
	if code := t.checkSize(v); code != "" {
		return code
	}
	if t.enumeration != nil && !t.listed(v) {
		return CodeNotInList
	}
	for _, p := range t.patterns {
		if !p.matches(v) {
			return CodePattern
		}
	}
	return t.checkOrder(v)
}

// checkMembers takes what one of a union's types takes; else the first type
// that is more than a list of values speaks for all.
func (t *simple) checkMembers(raw []byte) diag.Code {
	for _, member := range t.members {
		if member.check(raw) == "" {
			return ""
		}
	}
	return t.speaker().check(raw)
}

func (t *simple) speaker() *simple {
	for _, member := range t.members {
		if member.enumeration == nil {
			return member
		}
	}
	return t.members[0]
}

func (t *simple) checkSize(v []byte) diag.Code {
	// No value has more characters or octets than bytes.
	short := t.maxLength < 0 || len(v) <= t.maxLength
	if t.size == nil || short && t.minLength <= 0 && t.length < 0 {
		return ""
	}
	n := t.size(v)
	switch {
	case t.maxLength >= 0 && n > t.maxLength:
		return CodeTooLong
	case t.length >= 0 && n != t.length:
		return CodeWrongLength
	case n < t.minLength && n == 0:
		return CodeEmpty
	case n < t.minLength:
		return CodeTooShort
	}
	return ""
}

func (t *simple) checkOrder(v []byte) diag.Code {
	if t.low != nil && !t.low.holds(t.order, v, 1) || t.high != nil && !t.high.holds(t.order, v, -1) {
		return CodeOutOfRange
	}
	if t.totalDigits < 0 && t.fractionDigits < 0 {
		return ""
	}
	n := parseNumber(v)
	if t.totalDigits >= 0 && len(n.whole)+len(n.fraction) > t.totalDigits ||
		t.fractionDigits >= 0 && len(n.fraction) > t.fractionDigits {
		return CodeTooManyDigits
	}
	return ""
}

// listed tells whether a value is in the enumeration.
func (t *simple) listed(v []byte) bool {
	if slices.Contains(t.enumeration, string(v)) {
		return true
	}
	return t.order != unordered && slices.ContainsFunc(t.enumeration, func(allowed string) bool {
		return t.order.equal(v, []byte(allowed))
	})
}

// equal compares a valid value with another in the value space of the type.
func (t *simple) equal(raw []byte, fixed string) bool {
	if t.members != nil {
		return string(raw) == fixed
	}
	a, b := t.space.normalize(raw), t.space.normalize([]byte(fixed))
	if t.order != unordered {
		return t.order.equal(a, b)
	}
	if t.builtin == "boolean" {
		return isTrue(a) == isTrue(b)
	}
	return bytes.Equal(a, b)
}

// isTrue reads a valid xs:boolean.
func isTrue(v []byte) bool { return string(v) == "true" || string(v) == "1" }

// allowed gives the values that the type enumerates, of a union those of all
// its types; nil when other values are taken too.
func (t *simple) allowed() []string {
	if t.members == nil {
		return t.enumeration
	}
	var all []string
	for _, member := range t.members {
		more := member.allowed()
		if more == nil {
			return nil
		}
		for _, value := range more {
			if !slices.Contains(all, value) {
				all = append(all, value)
			}
		}
	}
	return all
}

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
