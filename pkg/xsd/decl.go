package xsd

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Unbounded is the MaxOccurs of what may come any number of times.
const Unbounded = unbounded

// Decl says what the schema says of an element at its place, or of an
// attribute.
type Decl struct {
	Name      Name
	Attribute bool
	// Type is the name of the type, empty when it has none of its own.
	Type Name
	// Builtin is the built-in type of its values, such as "string" or "date";
	// empty for an element of elements. A union has that of its first type.
	Builtin string
	// MinLength and MaxLength count characters (octets of binary values); 0 is no
	// limit.
	MinLength, MaxLength int
	// Range are the limits of a number, as in "≥ 1"; empty for none.
	Range string
	// Enumeration are the only values allowed; nil allows others.
	Enumeration []string
	// Patterns all have to match, in the regular expressions of XSD.
	Patterns []string
	// MinOccurs and MaxOccurs are those of the element itself; groups around it
	// may make it optional or repeated as well. An attribute is required or not.
	MinOccurs, MaxOccurs int
	Nillable             bool
	// Default and Fixed are empty when the schema gives none.
	Default, Fixed string
	// Place is its number among its siblings in schema order; Ordered tells that
	// they have to come in this order.
	Place   int
	Ordered bool

	typ  *typ
	node *node
}

// Element gives a global element.
func (s *Schema) Element(name Name) (*Decl, bool) {
	e := s.elements[name]
	if e == nil {
		return nil, false
	}
	return e.declare(leaf{min: 1, max: 1}), true
}

// Lookup goes down from a global element; the last name may be an attribute
// with an @ before its local name. In the few types that have an element in
// several places it gives the first.
func (s *Schema) Lookup(path ...Name) (*Decl, bool) {
	if len(path) == 0 {
		return nil, false
	}
	d, ok := s.Element(path[0])
	for _, name := range path[1:] {
		if ok {
			d, ok = d.Child(name)
		}
	}
	return d, ok
}

// Places are the numbers of the elements of a path among their siblings, in the order of
// the schema; an attribute is -1, before the elements. It is nil for a path that is not
// there.
func (s *Schema) Places(path ...Name) []int {
	places := make([]int, len(path))
	for i := range path {
		d, ok := s.Lookup(path[:i+1]...)
		if !ok {
			return nil
		}
		if places[i] = d.Place; d.Attribute {
			places[i] = -1
		}
	}
	return places
}

// Child gives the declaration of a child element, or of an attribute.
func (d *Decl) Child(name Name) (*Decl, bool) {
	if local, isAttribute := strings.CutPrefix(name.Local, "@"); isAttribute {
		k := d.typ.attribute(Name{name.Space, local})
		if k < 0 || d.Attribute {
			return nil, false
		}
		return d.typ.attributes[k].declare(k), true
	}
	i, ok := d.typ.index[name]
	if !ok {
		return nil, false
	}
	return d.child(i), true
}

// Children gives the child elements in schema order.
func (d *Decl) Children() []*Decl {
	var children []*Decl
	for i := range d.typ.leaves {
		if d.typ.leaves[i].element != nil {
			children = append(children, d.child(i))
		}
	}
	return children
}

// Attributes gives the attributes.
func (d *Decl) Attributes() []*Decl {
	var attributes []*Decl
	for k := range d.typ.attributes {
		attributes = append(attributes, d.typ.attributes[k].declare(k))
	}
	return attributes
}

// Doc gives what the schema explains in words, of the declaration or else of its
// type, with blanks collapsed.
func (d *Decl) Doc() string {
	text := d.node.documentation()
	if text == "" && d.typ.node != nil {
		text = d.typ.node.documentation()
	}
	return strings.Join(strings.Fields(text), " ")
}

// Fault tells what is wrong with a text as the value of the declaration; nil is
// a valid one.
func (d *Decl) Fault(text string) *diag.Issue {
	t := d.typ.simple
	if t == nil {
		return nil
	}
	code := t.check([]byte(text))
	if code == "" {
		return nil
	}
	return diag.New(code, t.explain(code, []byte(text))...).WithValue(text)
}

func (d *Decl) child(i int) *Decl {
	l := d.typ.leaves[i]
	child := l.declare(l)
	child.Place, child.Ordered = i, d.typ.model != nil && d.typ.model.ordered()
	return child
}

// ordered tells that the leaves come in schema order: no group is repeated.
func (p *particle) ordered() bool {
	if p.kind < sequenceParticle {
		return true
	}
	for _, item := range p.items {
		if !item.ordered() {
			return false
		}
	}
	return p.max == 1
}

func (e *element) declare(l leaf) *Decl {
	d := &Decl{
		Name: e.name, Type: e.typ.name, MinOccurs: l.min, MaxOccurs: l.max, Nillable: e.nillable, typ: e.typ, node: e.node,
	}
	d.describe(e.typ.simple, e.value)
	return d
}

func (a *attributeUse) declare(place int) *Decl {
	d := &Decl{
		Name: a.name, Attribute: true, Type: a.simple.name, MaxOccurs: 1, Place: place,
		typ: &typ{simple: a.simple}, node: a.node,
	}
	if a.required {
		d.MinOccurs = 1
	}
	d.describe(a.simple, a.value)
	return d
}

// describe fills in what the type of the values says.
func (d *Decl) describe(t *simple, value *constraint) {
	if value != nil && value.fixed {
		d.Fixed = value.text
	} else if value != nil {
		d.Default = value.text
	}
	if t == nil {
		return
	}
	d.Enumeration = t.allowed()
	if t.members != nil {
		d.Builtin = t.members[0].builtin
		return
	}
	d.Builtin, d.MinLength, d.MaxLength = t.builtin, max(0, t.minLength), max(0, t.maxLength)
	if t.length >= 0 {
		d.MinLength, d.MaxLength = t.length, t.length
	}
	if t.low != nil || t.high != nil {
		d.Range = t.interval()
	}
	for _, p := range t.patterns {
		d.Patterns = append(d.Patterns, p.text)
	}
}

// Know adds elements to the choice that the element at the end of a path holds,
// such as the documents that an item of a pack may hold by a fuller set of
// schemas. They are known by name alone: each takes the place of the choice, and
// what is in it is not looked at. What the schema declares stays as it is. It is
// to be called before the first session; it tells whether there is such a choice.
func (s *Schema) Know(names []Name, path ...Name) bool {
	d, ok := s.Lookup(path...)
	if !ok || d.typ.content != modelContent {
		return false
	}
	t, choice := d.typ, d.typ.model
	if choice.kind == sequenceParticle && len(choice.items) == 1 {
		choice = choice.items[0]
	}
	if choice.kind != choiceParticle {
		return false
	}
	for _, name := range names {
		if _, known := t.index[name]; known {
			continue
		}
		i := len(t.leaves)
		t.index[name] = i
		e := &element{name: name, typ: &typ{content: emptyContent}, opaque: true}
		t.leaves = append(t.leaves, leaf{element: e, min: 1, max: 1})
		choice.items = append(choice.items, &particle{kind: leafParticle, min: 1, max: 1, leaf: i, name: name})
	}
	for _, p := range []*particle{choice, t.model} {
		if _, ok := p.seal(); !ok {
			return false
		}
	}
	return true
}

// Name is a qualified name; Space is a customary prefix ("ord"), "{uri}" for a
// namespace without one, "" for none. Attributes without a prefix have no space.
type Name struct{ Space, Local string }

// String gives "ord:text", "{uri}text" or "text".
func (n Name) String() string {
	switch {
	case n.Space == "":
		return n.Local
	case n.Space[0] == '{':
		return n.Space + n.Local
	}
	return n.Space + ":" + n.Local
}

// Attr is an attribute of a start tag; namespace declarations are not handed in.
type Attr struct {
	Name
	Value string
	// Means is what the value of xsi:type names, its prefix followed by whoever
	// read the document; zero for a prefix that nobody declares.
	Means Name
}

// ParseName reads "ord:text".
func ParseName(text string) Name {
	space, local, qualified := strings.Cut(text, ":")
	if !qualified {
		return Name{Local: text}
	}
	return Name{space, local}
}

// ParsePath reads "ord:order/ord:orderHeader/ord:text" and "dat:dataPack/@ico"
// for Lookup; its names have customary prefixes.
func ParsePath(text string) []Name {
	var path []Name
	for step := range strings.SplitSeq(text, "/") {
		path = append(path, ParseName(step))
	}
	return path
}

// The prefixes that mean the same in every document.
const (
	schemaSpace   = "xs"
	instanceSpace = "xsi"
	schemaURI     = "http://www.w3.org/2001/XMLSchema"
)

// Tree takes a whole element whose names have customary prefixes, as the next child
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
