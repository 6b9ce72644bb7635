// Package fieldtable is the engine of the field tables: a row ties one place in
// an XML document to one place in the model, and the same row writes it, reads
// it, prints it in the documentation and is checked against the schema. The
// engine knows neither POHODA nor eForm, only elements with customary prefixes.
//
// A table belongs to an element and to a context C, which is whatever its rows
// need to find their values: a line needs its document as well. A table is a set:
// bound to a schema, its rows are written in the order of the schema.
package fieldtable

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Direction says which way a value travels.
type Direction string

// Both ways; only towards the other system (it takes, but never gives); only
// back from it (it gives, and ignores or refuses when sent); or not at all.
const (
	Both      Direction = "both"
	WriteOnly Direction = "takes"
	ReadOnly  Direction = "gives"
	None      Direction = "none"
)

// Info is what a row says about itself: the printed mapping table.
type Info struct {
	// Path leads from the table's element to the value: names with customary prefix
	// separated by "/", "@name" for an attribute, "." for the element's own text.
	Path string
	// Label is the field's name on the other system's screen.
	Label string
	// Field is the canonical field, "" for rows that are not mapped; several that
	// share the place are separated by ", ". "../" leads to the part around the
	// one to which the table belongs: a line's document.
	Field     string
	Direction Direction
	// Note says why a row is not mapped, or what rules its value.
	Note string
	// Unit is the accounting unit's own list of which the value is a code, "" for any
	// other value.
	Unit string
	// Most is the longest value in characters where that is less than the schema
	// allows; 0 leaves it to the schema.
	Most int
}

// Table is the rows of one element.
type Table[C any] []Row[C]

// Row is one row of a table.
type Row[C any] struct {
	Info
	// compile binds the row to its limits under an absolute path.
	compile func(at binding) step[C]
	// infos lists the row and the rows nested in it, as seen from the table.
	infos func() []Info
	// whole says that the value identifies something, required that the other system
	// makes nothing without it.
	whole, required bool
	// code is the place of a code of the unit.
	code func(C) *string
}

// step is a compiled row.
type step[C any] struct {
	write func(c C, w *Writer, el *etree.Element)
	// text reads a leaf, element one that has a table of its own.
	text    func(c C, r *Reader, value string)
	element func(c C, r *Reader, el *etree.Element)
	// repeats says that the element may come again.
	repeats bool
	// codes visits the codes of the unit that the row writes, nil where there are none.
	codes func(c C, v *codeVisitor)
}

// Only limits a row to one direction.
func (row Row[C]) Only(direction Direction) Row[C] {
	row.Direction = direction
	return row
}

// NeverCut marks a value that identifies something: half a code names something
// else, so one that is too long is refused whatever Fit says.
func (row Row[C]) NeverCut() Row[C] {
	row.whole = true
	return row
}

// Required marks a value without which the other system makes nothing: a record that
// has none is refused.
func (row Row[C]) Required() Row[C] {
	row.required = true
	return row
}

// AtMost marks a value that names something whose name is shorter than the schema
// allows at this place: a longer one names nothing.
func (row Row[C]) AtMost(characters int) Row[C] {
	row.Most = characters
	return row
}

// OfUnit marks a code of one of the accounting unit's own lists ("centre"), by the
// place of the code.
func (row Row[C]) OfUnit(list string, place func(C) *string) Row[C] {
	row.Unit, row.code = list, place
	return row
}

// WithNote adds a note to a row.
func (row Row[C]) WithNote(note string) Row[C] {
	row.Note = note
	return row
}

// Without is the table without the rows of some paths, each of which it must have.
func (t Table[C]) Without(paths ...string) Table[C] {
	rest := slices.DeleteFunc(slices.Clone(t), func(row Row[C]) bool { return slices.Contains(paths, row.Path) })
	if len(rest)+len(paths) != len(t) {
		panic("fieldtable: not a row for each of " + strings.Join(paths, ", "))
	}
	return rest
}

// Infos lists the rows of the table and of the tables nested in it.
func (t Table[C]) Infos() []Info {
	var all []Info
	for _, row := range t {
		if row.infos == nil {
			all = append(all, row.Info)
			continue
		}
		for _, info := range row.infos() {
			info.Path = join(row.Path, info.Path, "/")
			if info.Direction != None {
				info.Field = within(row.Field, info.Field)
				if row.Direction != Both {
					info.Direction = row.Direction
				}
			}
			all = append(all, info)
		}
	}
	return all
}

// within gives the fields of a part as they are called outside of it.
func within(part, fields string) string {
	if part == "" {
		return fields
	}
	all := strings.Split(fields, ", ")
	for i, field := range all {
		if outer, ok := strings.CutPrefix(field, "../"); ok {
			all[i] = outer
		} else {
			all[i] = join(part, field, ".")
		}
	}
	return strings.Join(all, ", ")
}

func join(a, b, separator string) string {
	switch {
	case a == "" || a == ".":
		return b
	case b == "" || b == ".":
		return a
	}
	return a + separator + b
}

// Limit is what the schema allows at a path; the zero value allows everything.
type Limit struct {
	// Length is the longest text in characters, Count the most elements of a
	// list; 0 is no limit.
	Length, Count int
	// Places are the numbers of the elements of the path among their siblings, in the
	// order of the schema; an attribute comes before the elements.
	Places []int
	// Fault tells what else is wrong with a text; nil when nothing is known.
	Fault func(text string) *diag.Issue
}

// Limits gives the limit at an absolute path.
type Limits func(path string) Limit

// binding is a row at its place in a schema; plan is that of its table.
type binding struct {
	Info
	path            string
	limits          Limits
	whole, required bool
	plan            any
}

func (b binding) limit() Limit {
	if b.limits == nil {
		return Limit{}
	}
	limit := b.limits(b.path)
	if b.Most > 0 && (limit.Length == 0 || b.Most < limit.Length) {
		limit.Length = b.Most
	}
	return limit
}

// Plan is a table bound to its place in a schema; it is safe for concurrent use.
type Plan[C any] struct {
	steps []step[C]
	root  node[C]
	// codes are the steps that write codes of the unit.
	codes []step[C]
}

// Compile binds a table to the element at an absolute path.
func Compile[C any](t Table[C], path string, limits Limits) *Plan[C] {
	p := &Plan[C]{}
	for _, row := range t.inOrder(path, limits) {
		at := binding{row.Info, join(path, row.Path, "/"), limits, row.whole, row.required, p}
		st := step[C]{}
		if row.compile != nil {
			st = row.compile(at)
		}
		if row.code != nil {
			st.codes = func(c C, v *codeVisitor) {
				v.List, v.Place, v.field = row.Unit, row.code(c), row.Field
				v.visit(&v.UnitCode)
			}
		}
		switch row.Direction {
		case ReadOnly, None:
			st.write = nil
		case WriteOnly:
			st.text, st.element = nil, nil
		}
		if st.write != nil {
			p.steps = append(p.steps, st)
			if st.codes != nil {
				p.codes = append(p.codes, st)
			}
		}
		p.root.insert(row.Path, st)
	}
	return p
}

// inOrder gives the rows in the order of a schema, where one is known.
func (t Table[C]) inOrder(path string, limits Limits) Table[C] {
	if limits == nil {
		return t
	}
	places := make(map[string][]int, len(t))
	for _, row := range t {
		places[row.Path] = limits(join(path, row.Path, "/")).Places
	}
	return slices.SortedStableFunc(slices.Values(t), func(a, b Row[C]) int { return slices.Compare(places[a.Path], places[b.Path]) })
}

// parse splits a path into the names of elements and the name of an attribute.
func parse(path string) (elements []name, attribute string) {
	if path == "." || path == "" {
		return nil, ""
	}
	for part := range strings.SplitSeq(path, "/") {
		if attr, ok := strings.CutPrefix(part, "@"); ok {
			return elements, attr
		}
		elements = append(elements, parseName(part))
	}
	return elements, ""
}

// name is an element's name with its customary prefix.
type name struct{ space, local string }

func parseName(s string) name {
	if space, local, ok := strings.Cut(s, ":"); ok {
		return name{space, local}
	}
	return name{"", s}
}
