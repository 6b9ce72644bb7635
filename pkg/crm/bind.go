package crm

import (
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of a record whose keys are wrong.
var (
	CodeUnknownKey = diag.Refused.Code("unknown-key", "key", "known")
	CodeMissingKey = diag.Refused.Code("missing-key", "key")
	CodeWrongType  = diag.Refused.Code("wrong-type", "expected", "found")
	// CodeFurtherIssues stands for all findings of a record beyond maxIssues.
	CodeFurtherIssues = diag.Refused.Code("further-issues")
)

// maxIssues is how many findings of one record are reported. A damaged record
// of megabytes would else have millions.
const maxIssues = 100

// bind fills a struct of package trade (into is a pointer to it) from a tree,
// by the json tags of its fields. It is strict: an unknown key, a wrong type, a
// value that its type refuses and a missing required key (a tag without
// omitzero) are errors, and all of them are reported at once, each with its
// path and place. A null is an absent key; an empty array is an absent one too.
func bind(n *node, into any, locate locator, issues *diag.List) {
	b := binder{locate: locate, issues: issues}
	value := reflect.ValueOf(into).Elem()
	planOf(value.Type()).set(&b, n, value)
}

// binder is one run of bind.
type binder struct {
	locate locator
	issues *diag.List
	path   []step
}

// step is a part of a path: a key, or the index of an item.
type step struct {
	key   string
	index int
	item  bool
}

// report adds an issue at a node.
func (b *binder) report(at int, value string, code diag.Code, pairs ...string) {
	switch n := len(*b.issues); {
	case n < maxIssues:
		b.issues.Add(diag.New(code, pairs...).WithPath(visible(b.where())).WithValue(visible(value)).WithPosition(b.locate(at)))
	case n == maxIssues:
		b.issues.Add(diag.New(CodeFurtherIssues).WithPosition(b.locate(at)))
	}
}

// tell adds a note at a node.
func (b *binder) tell(at int, value string, code diag.Code) {
	if len(*b.issues) < maxIssues {
		b.issues.Add(diag.Notice(code).WithPath(visible(b.where())).WithValue(visible(value)).WithPosition(b.locate(at)))
	}
}

// where writes the path: lines[1].vatRate.
func (b *binder) where() string {
	var path strings.Builder
	for _, s := range b.path {
		switch {
		case s.item:
			path.WriteString("[" + strconv.Itoa(s.index) + "]")
		case path.Len() > 0:
			path.WriteString("." + s.key)
		default:
			path.WriteString(s.key)
		}
	}
	return path.String()
}

// visible replaces control characters by their pictures, so that a value out of
// a file cannot steer the terminal on which it is shown.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x20:
			return '\u2400' + r
		case r >= 0x7F && r < 0xA0:
			return utf8.RuneError
		}
		return r
	}, text)
}

// wrongType reports a node of another type than JSON's word says.
func (b *binder) wrongType(n *node, expected string) {
	b.report(n.at, n.text, CodeWrongType, "expected", expected, "found", n.kind.String())
}

// setter fills a value from a node that is not null.
type setter func(b *binder, n *node, into reflect.Value)

// plan is what bind knows of a struct type.
type plan struct {
	fields []field
	// index finds a field by its key.
	index    map[string]int
	keys     []string
	required []string
}

type field struct {
	key string
	// path leads to the field, through embedded structs.
	path []int
	set  setter
}

func (f *field) fill(b *binder, n *node, into reflect.Value) {
	if len(f.path) == 1 {
		f.set(b, n, into.Field(f.path[0]))
		return
	}
	f.set(b, n, into.FieldByIndex(f.path))
}

var plans sync.Map // reflect.Type of a struct to *plan

func planOf(t reflect.Type) *plan {
	if known, ok := plans.Load(t); ok {
		return known.(*plan)
	}
	p := &plan{index: map[string]int{}}
	for _, f := range reflect.VisibleFields(t) {
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if key == "" || key == "-" {
			continue // an embedded struct, whose own fields follow
		}
		p.index[key] = len(p.fields)
		p.fields = append(p.fields, field{key, f.Index, setterOf(f.Type, key)})
		p.keys = append(p.keys, key)
		if options != "omitzero" {
			p.required = append(p.required, key)
		}
	}
	plans.Store(t, p)
	return p
}

// set fills a struct.
func (p *plan) set(b *binder, n *node, into reflect.Value) {
	if n.kind != objectNode {
		b.wrongType(n, "object")
		return
	}
	next := 0
	for i := range n.members {
		m := &n.members[i]
		b.path = append(b.path, step{key: m.key})
		if k := p.find(m.key, next); k < 0 {
			p.unknown(b, m)
		} else if next = k + 1; m.value.kind != nullNode {
			p.fields[k].fill(b, &m.value, into)
		}
		b.path = b.path[:len(b.path)-1]
	}
	for _, key := range p.required {
		if n.get(key) == nil {
			b.path = append(b.path, step{key: key})
			b.report(n.at, "", CodeMissingKey, "key", key)
			b.path = b.path[:len(b.path)-1]
		}
	}
}

// find gives the index of a key's field, -1 when there is none. Most records
// have their keys in the order of the struct, so the fields from next on are
// tried first; that is quicker than the map.
func (p *plan) find(key string, next int) int {
	const ahead = 4
	for k := next; k < min(next+ahead, len(p.fields)); k++ {
		if p.fields[k].key == key {
			return k
		}
	}
	if k, ok := p.index[key]; ok {
		return k
	}
	return -1
}

// unknown reports a key that the struct does not have.
func (p *plan) unknown(b *binder, m *member) {
	if len(*b.issues) <= maxIssues { // looking for what was meant takes its time
		b.report(m.at, m.key, CodeUnknownKey, "key", visible(m.key), "known", diag.Meant(m.key, p.keys))
	}
}

// setterOf chooses how to fill a field of a type; the key matters for ids.
func setterOf(t reflect.Type, key string) setter {
	if set, ok := leaves[t]; ok {
		return set
	}
	switch t.Kind() {
	case reflect.String:
		return stringSetter(t, key)
	case reflect.Pointer:
		return pointerTo(setterOf(t.Elem(), key))
	case reflect.Slice:
		return sliceOf(t, setterOf(t.Elem(), key))
	case reflect.Struct:
		return planOf(t).set
	}
	panic("crm: no binding for type " + t.String())
}

func pointerTo(set setter) setter {
	return func(b *binder, n *node, into reflect.Value) {
		into.Set(reflect.New(into.Type().Elem()))
		set(b, n, into.Elem())
	}
}

func sliceOf(t reflect.Type, set setter) setter {
	return func(b *binder, n *node, into reflect.Value) {
		if n.kind != arrayNode {
			b.wrongType(n, "array")
			return
		}
		if len(n.items) == 0 {
			return
		}
		into.Set(reflect.MakeSlice(t, len(n.items), len(n.items)))
		for i := range n.items {
			b.path = append(b.path, step{index: i, item: true})
			set(b, &n.items[i], into.Index(i))
			b.path = b.path[:len(b.path)-1]
		}
	}
}
