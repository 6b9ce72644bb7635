package xsd

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Session validates one document after another, told of tags and texts as they
// come. It is quick and allocates nothing for a valid document; it serves one
// goroutine. Whoever feeds it has seen to well-formed XML.
type Session struct {
	schema *Schema
	report func(Finding)
	// passed hears of the elements that the schema knows by name alone.
	passed func(Name, diag.Position)
	found  int
	open   []opened
	matcher
	// counts hold, for each open element, how often each leaf of its type came.
	counts []int32
	// text is the value of the innermost element, attrs and value are scratch.
	text, value []byte
	attrs       []Attr
	// skipping counts the open elements that are not looked at.
	skipping int
}

// opened is an element whose end tag has not come.
type opened struct {
	*element
	// typ is the type that holds: the element's own, or the one of xsi:type.
	typ     *typ
	at      diag.Position
	id      string
	ordinal int32 // 0 for an element that may not be repeated
	counts  int   // where its counts begin
	frames  int   // where its frames begin
	next    int   // of an xs:all, the leaf behind that of the last child
	nilled  bool
	// filled tells of a text or element inside; loud that something was said about
	// its text; lost that findings about what it lacks would be pointless; jumped
	// that its elements do not come in order, which was said.
	filled, loud, lost, jumped bool
}

// NewSession makes a session; report gets every finding in the order of the
// document.
func (s *Schema) NewSession(report func(Finding)) *Session {
	return &Session{schema: s, report: report}
}

// Passed lets tell hear of every element that the schema knows by name alone
// (Schema.Know) and whose contents are therefore not looked at.
func (s *Session) Passed(tell func(Name, diag.Position)) { s.passed = tell }

// Reset forgets the document, to begin the next.
func (s *Session) Reset() {
	s.open, s.frames, s.counts = s.open[:0], s.frames[:0], s.counts[:0]
	s.skipping, s.found = 0, 0
}

// Done ends the document and tells whether it was valid; the next may begin.
func (s *Session) Done() bool {
	valid := s.found == 0 && len(s.open) == 0 && s.skipping == 0
	s.Reset()
	return valid
}

// Start takes a start tag. The attributes are those without the namespace
// declarations; they are not kept.
func (s *Session) Start(name Name, attrs []Attr, at diag.Position) {
	if s.skipping > 0 {
		s.skipping++
		return
	}
	e, ordinal := s.declared(name, at)
	if e == nil || e.opaque {
		s.skipping = 1
		if e != nil && s.passed != nil {
			s.passed(name, at)
		}
		return
	}
	t, misnamed := s.typeOf(e, attrs)
	s.open = append(s.open, opened{
		element: e, typ: t, at: at, ordinal: ordinal, counts: len(s.counts), frames: len(s.frames),
	})
	if t.leaves != nil {
		s.counts = append(s.counts, make([]int32, len(t.leaves))...)
	}
	if t.content == modelContent {
		s.enter(t.model)
	}
	s.text = s.text[:0]
	opened := &s.open[len(s.open)-1]
	if misnamed != nil {
		s.find(opened, CodeTypeAttribute, "/@xsi:type", misnamed.Value, "type", t.called(e))
	}
	s.startAttributes(opened, attrs)
}

// declared finds the declaration of an element that begins, and its number
// among its like; an element without one, already reported, is not looked at.
func (s *Session) declared(name Name, at diag.Position) (*element, int32) {
	if len(s.open) == 0 {
		e := s.schema.elements[name]
		if e == nil {
			s.unknownRoot(name, at)
		}
		return e, 0
	}
	parent := &s.open[len(s.open)-1]
	parent.filled = true
	if parent.nilled {
		s.nilNotEmpty(parent, "")
		return nil, 0
	}
	var i int
	switch parent.typ.content {
	case allContent:
		i = s.stepAll(parent, name, at)
	case modelContent:
		if i = s.step(parent.frames, name, false); i < 0 {
			i = s.recover(parent, name, at)
		}
	case anyContent:
		if e := s.schema.elements[name]; e != nil {
			return e, 0
		}
		return &element{name: name, typ: parent.typ}, 0
	default:
		s.elementNotAllowed(parent, name, at)
		return nil, 0
	}
	if i < 0 {
		return nil, 0
	}
	count := &s.counts[parent.counts+i]
	*count++
	if l := &parent.typ.leaves[i]; !l.repeated {
		return l.element, 0
	}
	return parent.typ.leaves[i].element, *count
}

// stepAll takes a child of an xs:all.
func (s *Session) stepAll(parent *opened, name Name, at diag.Position) int {
	i := parent.typ.leafOf(name, parent.next)
	if i < 0 {
		s.unexpectedElement(parent, name, at)
		return -1
	}
	parent.next = i + 1
	if s.counts[parent.counts+i] > 0 {
		s.duplicateElement(parent, i, name, at)
	}
	return i
}

// recover finds a place for an element that the content model does not take
// here, so that its content and its siblings are still checked.
func (s *Session) recover(parent *opened, name Name, at diag.Position) int {
	i, known := parent.typ.index[name]
	if !known {
		s.unexpectedElement(parent, name, at)
		return -1
	}
	if s.counts[parent.counts+i] > 0 && parent.typ.leaves[i].max == 1 {
		s.duplicateElement(parent, i, name, at)
		return i
	}
	if !parent.jumped {
		s.misplacedElement(parent, name, at)
	}
	parent.jumped = true
	if forward := s.step(parent.frames, name, true); forward >= 0 {
		return forward
	}
	return i
}

// Text takes a text with its references resolved; it may come in pieces.
func (s *Session) Text(text []byte) {
	if s.skipping > 0 || len(text) == 0 || len(s.open) == 0 {
		return
	}
	e := &s.open[len(s.open)-1]
	e.filled = true
	switch {
	case e.nilled:
		s.nilNotEmpty(e, string(text))
	case e.typ.content == valueContent:
		s.text = append(s.text, text...)
	case !e.typ.mixed && (e.typ.content == emptyContent || !allBlank(text)):
		s.textNotAllowed(e, string(text))
	}
}

// End takes an end tag.
func (s *Session) End() {
	if s.skipping > 0 {
		s.skipping--
		return
	}
	if len(s.open) == 0 {
		return
	}
	e := &s.open[len(s.open)-1]
	if !e.nilled {
		s.endContent(e)
	}
	s.frames, s.counts = s.frames[:e.frames], s.counts[:e.counts]
	s.open = s.open[:len(s.open)-1]
}

// endContent checks a value, or that nothing required is missing.
func (s *Session) endContent(e *opened) {
	switch {
	case e.lost:
	case e.typ.content == valueContent:
		s.endValue(e)
	case e.typ.content == allContent:
		s.endAll(e)
	case e.typ.content == modelContent && !e.jumped:
		if p := s.blocking(e.frames); p != nil {
			s.missingElement(e, p.choices())
		}
	}
}

func (s *Session) endAll(e *opened) {
	if e.typ.optional && !e.filled {
		return
	}
	for i := range e.typ.leaves {
		if e.typ.leaves[i].min > 0 && s.counts[e.counts+i] == 0 {
			s.missingElement(e, []Name{e.typ.leaves[i].name})
		}
	}
}

// endValue checks the value; an empty element has its default or fixed one.
func (s *Session) endValue(e *opened) {
	if value := e.element.value; !e.filled && value != nil {
		// xsi:type may name a type that the value is not of.
		if code := e.typ.simple.check([]byte(value.text)); code != "" {
			s.wrongValue(e, code, "", value.text, e.typ.simple)
		}
		return
	}
	if code := e.typ.simple.check(s.text); code != "" {
		s.wrongValue(e, code, "", string(s.text), e.typ.simple)
		return
	}
	if value := e.element.value; value != nil && value.fixed && !e.typ.simple.equal(s.text, value.text) {
		s.notFixed(e, "", string(s.text), value.text)
	}
}

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
