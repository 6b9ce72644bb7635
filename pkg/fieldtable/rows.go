package fieldtable

import (
	"strconv"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Codec turns a value into text and back. Format tells by ok whether there is
// anything to write.
type Codec[T any] struct {
	Format func(T) (text string, ok bool)
	Parse  func(text string) (T, *diag.Issue)
}

// Field is a plain row: one value at one place.
func Field[C, T any](codec Codec[T], path, label, field string, place func(C) *T) Row[C] {
	return Rule(path, label, field,
		func(c C) (string, bool) { return codec.Format(*place(c)) },
		Into(codec, place))
}

// Into is the reading half of a plain row: what cannot be read leaves the place
// as it is.
func Into[C, T any](codec Codec[T], place func(C) *T) func(C, string) *diag.Issue {
	return func(c C, text string) *diag.Issue {
		value, issue := codec.Parse(text)
		if issue == nil {
			*place(c) = value
		}
		return issue
	}
}

// Rule is a row whose value a named function decides. A nil read makes the row
// one that is only taken, a nil write one that is only given.
func Rule[C any](path, label, field string, write func(C) (string, bool), read func(C, string) *diag.Issue) Row[C] {
	row := Row[C]{Info: Info{Path: path, Label: label, Field: field, Direction: Both}}
	switch {
	case read == nil:
		row.Direction = WriteOnly
	case write == nil:
		row.Direction = ReadOnly
	}
	row.compile = func(at binding) step[C] {
		elements, attribute := parse(path)
		leaf := leaf{at.Info, at.limit(), at.whole}
		st := step[C]{}
		if write != nil {
			st.write = func(c C, w *Writer, el *etree.Element) {
				switch text, ok := write(c); {
				case ok:
					put(w.Arena, el, elements, attribute, w.fit(text, &leaf))
				case at.required:
					w.Issues.Add(diag.New(CodeRequired, "label", at.Label).WithPath(w.Where(field)))
				}
			}
		}
		if read != nil {
			st.text = func(c C, r *Reader, text string) {
				r.add(read(c, text), field, text)
				if r.Each != nil {
					r.Each(Value{at.Info, r.Where(field), text})
				}
			}
		}
		return st
	}
	return row
}

// Nest is a row with a table of its own for one part of the context. The part
// is written when one of its rows has a value. A nil context on writing leaves
// the part out.
func Nest[C, D any](path, label, field string, table Table[D], part func(C) (D, bool)) Row[C] {
	return Row[C]{
		Info: Info{Path: path, Label: label, Field: field, Direction: Both},
		compile: func(at binding) step[C] {
			plan := Compile(table, at.path, at.limits)
			elements, _ := parse(path)
			st := step[C]{
				write: func(c C, w *Writer, el *etree.Element) {
					d, ok := part(c)
					if !ok {
						return
					}
					w.push(field)
					defer w.pop()
					filled := w.Arena.elementOf(elements[len(elements)-1])
					plan.write(d, w, filled)
					if len(filled.Child) > 0 || len(filled.Attr) > 0 {
						attach(w.Arena, el, elements, filled)
					}
				},
				element: func(c C, r *Reader, el *etree.Element) {
					r.push(field)
					defer r.pop()
					d, _ := part(c)
					plan.read(d, r, el)
				},
			}
			if plan.codes != nil {
				st.codes = func(c C, v *codeVisitor) {
					if d, ok := part(c); ok {
						visitPart(v, codePart{field, -1}, plan, d)
					}
				}
			}
			return st
		},
		infos: table.Infos,
	}
}

// Many is a row that repeats: all gives the contexts to write, next makes the
// context for one more element that is read. The field is a list, "lines[]".
func Many[C, D any](path, label, field string, table Table[D], all func(C) []D, next func(C) D) Row[C] {
	return Row[C]{
		Info: Info{Path: path, Label: label, Field: field + "[]", Direction: Both},
		compile: func(at binding) step[C] {
			return manySteps(at, Compile(table, at.path, at.limits), label, field, all, next)
		},
		infos: table.Infos,
	}
}

// manySteps writes and reads a list of parts by the plan of their table.
func manySteps[C, D any](at binding, plan *Plan[D], label, field string, all func(C) []D, next func(C) D) step[C] {
	elements, _ := parse(at.Path)
	most := at.limit().Count
	st := step[C]{
		repeats: true,
		write: func(c C, w *Writer, el *etree.Element) {
			parts := all(c)
			w.count(len(parts), most, label, field)
			for i, d := range parts {
				w.push(field + "[" + strconv.Itoa(i) + "]")
				plan.write(d, w, descend(w.Arena, el, elements))
				w.pop()
			}
		},
		element: func(c C, r *Reader, el *etree.Element) {
			r.push(field + "[" + strconv.Itoa(r.ordinal(field)) + "]")
			plan.read(next(c), r, el)
			r.pop()
		},
	}
	// The plan of a tree is not compiled to its end yet.
	if plan.codes != nil || any(plan) == at.plan {
		st.codes = func(c C, v *codeVisitor) {
			for i, d := range all(c) {
				visitPart(v, codePart{field, i}, plan, d)
			}
		}
	}
	return st
}

// Tree is a row of parts that are of the table's own kind, such as the categories of a
// category: all gives them, next adds an empty one for an element that is read.
func Tree[C any](path, label, field string, all func(C) []C, next func(C) C) Row[C] {
	row := Many(path, label, field, nil, all, next)
	row.compile = func(at binding) step[C] { return manySteps(at, at.plan.(*Plan[C]), label, field, all, next) }
	row.infos = nil
	return row
}

// Unmapped is a row for an element that is known and left out, with the reason;
// everything below it is left out as well.
func Unmapped[C any](path, label, because string) Row[C] {
	return Row[C]{Info: Info{Path: path, Label: label, Direction: None, Note: because}}
}
