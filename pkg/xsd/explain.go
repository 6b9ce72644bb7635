package xsd

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// find reports something about the innermost element, or, behind a suffix such
// as "/@id", about a part of it.
func (s *Session) find(e *opened, code diag.Code, suffix, value string, pairs ...string) {
	s.findAt(e.at, code, suffix, value, pairs...)
}

func (s *Session) findAt(at diag.Position, code diag.Code, suffix, value string, pairs ...string) {
	s.found++
	args := diag.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	s.report(Finding{Code: code, Path: s.path() + suffix, Value: value, At: at, Args: args})
}

// path leads to the innermost element.
func (s *Session) path() string {
	var path strings.Builder
	for i := range s.open {
		e := &s.open[i]
		if i > 0 {
			path.WriteByte('/')
		}
		path.WriteString(e.name.String())
		switch {
		case e.id != "":
			path.WriteString("[" + shorten(e.id) + "]")
		case e.ordinal > 0:
			path.WriteString("#" + strconv.Itoa(int(e.ordinal)))
		}
	}
	return path.String()
}

// maxID is how many bytes of an id a path shows; POHODA's have 64 characters.
const maxID = 256

func shorten(id string) string {
	if len(id) <= maxID {
		return id
	}
	return strings.ToValidUTF8(id[:maxID], "") + "…"
}

func (s *Session) unknownRoot(name Name, at diag.Position) {
	s.findAt(at, CodeUnknownRoot, name.String(), "", "name", name.String(), "expected", list(name.String(), texts(s.schema.roots)))
}

// unexpectedElement is for one that the parent does not know at all.
func (s *Session) unexpectedElement(parent *opened, name Name, at diag.Position) {
	parent.lost = true
	for i := range parent.typ.leaves {
		if l := &parent.typ.leaves[i]; l.element != nil && l.name.Local == name.Local {
			s.findAt(at, CodeWrongNamespace, "/"+name.String(), "", "name", name.String(), "expected", l.name.String())
			return
		}
	}
	s.findAt(at, CodeUnexpectedElement, "/"+name.String(), "",
		"name", name.String(), "parent", parent.name.String(), "expected", list(name.String(), s.expected(parent)))
}

func (s *Session) duplicateElement(parent *opened, i int, name Name, at diag.Position) {
	s.findAt(at, CodeDuplicateElement, "/"+name.String(), "",
		"name", name.String(), "parent", parent.name.String(), "limit", strconv.Itoa(parent.typ.leaves[i].max))
}

func (s *Session) misplacedElement(parent *opened, name Name, at diag.Position) {
	s.findAt(at, CodeMisplacedElement, "/"+name.String(), "",
		"name", name.String(), "parent", parent.name.String(), "expected", list("", s.expected(parent)))
}

func (s *Session) missingElement(e *opened, names []Name) {
	s.find(e, CodeMissingElement, "", "", "name", e.name.String(), "expected", join(texts(names), " | "))
}

// elementNotAllowed is for an element inside one that holds a value or nothing.
func (s *Session) elementNotAllowed(parent *opened, name Name, at diag.Position) {
	code := CodeElementInValue
	if parent.typ.content == emptyContent {
		code = CodeNotEmpty
	}
	if !parent.lost {
		s.findAt(at, code, "/"+name.String(), "", "name", parent.name.String(), "child", name.String())
	}
	parent.lost = true
}

func (s *Session) textNotAllowed(e *opened, text string) {
	if e.loud {
		return
	}
	e.loud, e.lost = true, true
	if e.typ.content == emptyContent {
		s.find(e, CodeNotEmpty, "", text, "name", e.name.String(), "child", strconv.Quote(text))
		return
	}
	s.find(e, CodeTextNotAllowed, "", strings.Trim(text, blanks), "name", e.name.String(), "expected", list("", s.expected(e)))
}

func (s *Session) nilNotEmpty(e *opened, text string) {
	if !e.loud {
		s.find(e, CodeNilNotEmpty, "", text, "name", e.name.String())
	}
	e.loud = true
}

func (s *Session) unknownAttribute(e *opened, a *Attr) {
	if len(e.typ.attributes) == 0 {
		s.find(e, CodeNoAttributes, "/@"+a.Name.String(), a.Value, "name", a.Name.String(), "parent", e.name.String())
		return
	}
	names := make([]Name, len(e.typ.attributes))
	for i, known := range e.typ.attributes {
		names[i] = known.name
	}
	s.find(e, CodeUnknownAttribute, "/@"+a.Name.String(), a.Value,
		"name", a.Name.String(), "parent", e.name.String(), "expected", list(a.Name.String(), texts(names)))
}

func (s *Session) missingAttribute(e *opened, name Name) {
	s.find(e, CodeMissingAttribute, "/@"+name.String(), "", "name", name.String(), "parent", e.name.String())
}

// called is the name of a type for a person; one without a name is called by its
// element.
func (t *typ) called(e *element) string {
	if t.name.Local == "" {
		return e.name.String()
	}
	return t.name.String()
}

func (s *Session) notFixed(e *opened, suffix, value, fixed string) {
	s.find(e, CodeNotFixed, suffix, value, "fixed", fixed)
}

// expected gives what the element takes at this point; "</ord:order>" is its
// end.
func (s *Session) expected(e *opened) []string {
	var names []string
	switch e.typ.content {
	case allContent:
		for i := range e.typ.leaves {
			if s.counts[e.counts+i] == 0 {
				names = append(names, e.typ.leaves[i].name.String())
			}
		}
	case modelContent:
		next, end := s.matcher.expected(e.frames)
		names = texts(next)
		if end {
			names = append(names, "</"+e.name.String()+">")
		}
	}
	return names
}

func texts(names []Name) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = name.String()
	}
	return all
}

// listed is how many of the expected things a message names.
const listed = 8

// list joins what was expected, first what is most like the word that was
// found; of a long list only the beginning.
func list(word string, all []string) string {
	return join(nearestFirst(word, all), ", ")
}

func nearestFirst(word string, all []string) []string {
	if word == "" || len(all) < 2 {
		return all
	}
	sorted := diag.Nearest(word, all)
	for _, text := range all {
		if !slices.Contains(sorted, text) {
			sorted = append(sorted, text)
		}
	}
	return sorted
}

// join puts a separator between things; of many it gives only the beginning.
func join(all []string, separator string) string {
	switch {
	case len(all) == 0:
		return "–"
	case len(all) <= listed:
		return strings.Join(all, separator)
	}
	return strings.Join(all[:listed], separator) + separator + "… (+" + strconv.Itoa(len(all)-listed) + ")"
}

// wrongValue reports a value that its type does not take.
func (s *Session) wrongValue(e *opened, code diag.Code, suffix, value string, t *simple) {
	s.find(e, code, suffix, value, t.explain(code, []byte(value))...)
}

// explain gives what the message of a wrong value says beside the value.
func (t *simple) explain(code diag.Code, raw []byte) []string {
	allowed := t.allowed()
	if t.members != nil {
		t = t.speaker()
	}
	switch code {
	case CodeTooLong:
		return []string{"limit", strconv.Itoa(t.maxLength), "length", t.measure(raw)}
	case CodeTooShort:
		return []string{"limit", strconv.Itoa(t.minLength), "length", t.measure(raw)}
	case CodeWrongLength:
		return []string{"limit", strconv.Itoa(t.length), "length", t.measure(raw)}
	case CodeNotInList:
		return []string{"allowed", join(quoted(nearestFirst(string(raw), allowed)), ", ")}
	case CodePattern:
		return []string{"pattern", t.patterns[len(t.patterns)-1].text}
	case CodeOutOfRange:
		return []string{"range", t.interval()}
	case CodeTooManyDigits:
		return []string{"total", digits(t.totalDigits), "fraction", digits(t.fractionDigits)}
	}
	return []string{"type", Name{schemaSpace, t.builtin}.String()}
}

func (t *simple) measure(raw []byte) string {
	return strconv.Itoa(t.size(t.space.normalize(raw)))
}

func quoted(values []string) []string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = `"` + value + `"`
	}
	return all
}

// interval writes the limits: "≥ 1", "< 100", "-999 … 999".
func (t *simple) interval() string {
	switch {
	case t.low == nil:
		return t.high.sign("≤ ", "< ")
	case t.high == nil:
		return t.low.sign("≥ ", "> ")
	case t.low.exclusive || t.high.exclusive:
		return t.low.sign("≥ ", "> ") + ", " + t.high.sign("≤ ", "< ")
	}
	return t.low.text + " … " + t.high.text
}

func (b *bound) sign(inclusive, exclusive string) string {
	if b.exclusive {
		return exclusive + b.text
	}
	return inclusive + b.text
}

func digits(n int) string {
	if n < 0 {
		return "∞"
	}
	return strconv.Itoa(n)
}

// Codes of what can be wrong with a document.
var (
	CodeUnknownRoot       = diag.Invalid.Code("xsd-unknown-root", "expected", "name")
	CodeUnexpectedElement = diag.Invalid.Code("xsd-unexpected-element", "expected", "name", "parent")
	CodeMisplacedElement  = diag.Invalid.Code("xsd-misplaced-element", "expected", "name", "parent")
	CodeDuplicateElement  = diag.Invalid.Code("xsd-duplicate-element", "limit", "name", "parent")
	CodeWrongNamespace    = diag.Refused.Code("xsd-wrong-namespace", "expected", "name")
	CodeMissingElement    = diag.Invalid.Code("xsd-missing-element", "expected", "name")
	CodeElementInValue    = diag.Invalid.Code("xsd-element-in-value", "child", "name")
	CodeNotEmpty          = diag.Invalid.Code("xsd-not-empty", "child", "name")
	CodeTextNotAllowed    = diag.Invalid.Code("xsd-text-not-allowed", "expected", "name")
	CodeMissingAttribute  = diag.Invalid.Code("xsd-missing-attribute", "name", "parent")
	CodeUnknownAttribute  = diag.Invalid.Code("xsd-unknown-attribute", "expected", "name", "parent")
	CodeNoAttributes      = diag.Invalid.Code("xsd-no-attributes", "name", "parent")
	CodeNil               = diag.Invalid.Code("xsd-nil", "name")
	CodeNilNotEmpty       = diag.Invalid.Code("xsd-nil-not-empty", "name")
	CodeTypeAttribute     = diag.Invalid.Code("xsd-type-attribute", "type")
	CodeEmpty             = diag.Invalid.Code("xsd-empty", "type")
	CodeTooLong           = diag.Invalid.Code("xsd-too-long", "length", "limit")
	CodeTooShort          = diag.Invalid.Code("xsd-too-short", "length", "limit")
	CodeWrongLength       = diag.Invalid.Code("xsd-wrong-length", "length", "limit")
	CodeNotInList         = diag.Invalid.Code("xsd-not-in-list", "allowed")
	CodePattern           = diag.Invalid.Code("xsd-wrong-pattern", "pattern")
	CodeOutOfRange        = diag.Invalid.Code("xsd-out-of-range", "range")
	CodeTooManyDigits     = diag.Invalid.Code("xsd-too-many-digits", "fraction", "total")
	CodeNotFixed          = diag.Invalid.Code("xsd-not-fixed", "fixed")
	CodeNotBoolean        = diag.Invalid.Code("xsd-not-a-boolean", "type")
	CodeNotDate           = diag.Invalid.Code("xsd-not-a-date", "type")
	CodeNotDateTime       = diag.Invalid.Code("xsd-not-a-datetime", "type")
	CodeNotTime           = diag.Invalid.Code("xsd-not-a-time", "type")
	CodeNotNumber         = diag.Invalid.Code("xsd-not-a-number", "type")
	CodeNotInteger        = diag.Invalid.Code("xsd-not-an-integer", "type")
	CodeBadForm           = diag.Invalid.Code("xsd-bad-form", "type")
)

// Finding is one thing that is wrong with a document.
type Finding struct {
	Code diag.Code
	// Path leads to the element or attribute: an element with an attribute id
	// shows it, one that may be repeated shows its number, as in
	// dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderDetail/ord:orderItem#2/ord:text.
	Path string
	// Value is the offending text.
	Value string
	// At is where the start tag stands of the element concerned.
	At diag.Position
	// Args say what was expected, by the names of the catalogue.
	Args diag.Args
}

// Issue gives the finding as an error for a person.
func (f Finding) Issue() *diag.Issue {
	return &diag.Issue{Severity: diag.Error, Code: f.Code, Path: f.Path, Value: f.Value, Args: f.Args, At: f.At}
}
