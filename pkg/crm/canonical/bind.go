package canonical

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

// MaxIssues is how many findings of one record are reported. A damaged record
// of megabytes would else have millions.
const MaxIssues = 100

// bind fills a struct of package trade (into is a pointer to it) from a tree,
// by the json tags of its fields. It is strict: an unknown key, a wrong type, a
// value that its type refuses and a missing required key (a tag without
// omitzero) are errors, and all of them are reported at once, each with its
// path and place. A null is an absent key; an empty array is an absent one too.
func bind(n *Node, into any, locate Locator, issues *diag.List) {
	b := binder{locate: locate, issues: issues}
	value := reflect.ValueOf(into).Elem()
	PlanOf(value.Type()).set(&b, n, value)
}

// binder is one run of bind.
type binder struct {
	locate Locator
	issues *diag.List
	path   []step
}

// step is a part of a path: a key, or the index of an item.
type step struct {
	key   string
	index int
	item  bool
}

// Report adds an issue at a node.
func (b *binder) Report(at int, value string, code diag.Code, pairs ...string) {
	switch n := len(*b.issues); {
	case n < MaxIssues:
		b.issues.Add(diag.New(code, pairs...).WithPath(Visible(b.where())).WithValue(Visible(value)).WithPosition(b.locate(at)))
	case n == MaxIssues:
		b.issues.Add(diag.New(CodeFurtherIssues).WithPosition(b.locate(at)))
	}
}

// tell adds a note at a node.
func (b *binder) tell(at int, value string, code diag.Code) {
	if len(*b.issues) < MaxIssues {
		b.issues.Add(diag.Notice(code).WithPath(Visible(b.where())).WithValue(Visible(value)).WithPosition(b.locate(at)))
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

// Visible replaces control characters by their pictures, so that a value out of
// a file cannot steer the terminal on which it is shown.
func Visible(text string) string {
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
func (b *binder) wrongType(n *Node, expected string) {
	b.Report(n.At, n.Text, CodeWrongType, "expected", expected, "found", n.Kind.String())
}

// setter fills a value from a node that is not null.
type setter func(b *binder, n *Node, into reflect.Value)

// plan is what bind knows of a struct type.
type plan struct {
	fields []field
	// index finds a field by its key.
	index    map[string]int
	Keys     []string
	required []string
}

type field struct {
	key string
	// path leads to the field, through embedded structs.
	path []int
	set  setter
}

func (f *field) fill(b *binder, n *Node, into reflect.Value) {
	if len(f.path) == 1 {
		f.set(b, n, into.Field(f.path[0]))
		return
	}
	f.set(b, n, into.FieldByIndex(f.path))
}

var plans sync.Map // reflect.Type of a struct to *plan

// PlanOf is the plan of a struct type, made once.
func PlanOf(t reflect.Type) *plan {
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
		p.Keys = append(p.Keys, key)
		if options != "omitzero" {
			p.required = append(p.required, key)
		}
	}
	plans.Store(t, p)
	return p
}

// set fills a struct.
func (p *plan) set(b *binder, n *Node, into reflect.Value) {
	if n.Kind != ObjectNode {
		b.wrongType(n, "object")
		return
	}
	next := 0
	for i := range n.Members {
		m := &n.Members[i]
		b.path = append(b.path, step{key: m.Key})
		if k := p.find(m.Key, next); k < 0 {
			p.unknown(b, m)
		} else if next = k + 1; m.Value.Kind != NullNode {
			p.fields[k].fill(b, &m.Value, into)
		}
		b.path = b.path[:len(b.path)-1]
	}
	for _, key := range p.required {
		if n.Get(key) == nil {
			b.path = append(b.path, step{key: key})
			b.Report(n.At, "", CodeMissingKey, "key", key)
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
func (p *plan) unknown(b *binder, m *Member) {
	if len(*b.issues) <= MaxIssues { // looking for what was meant takes its time
		b.Report(m.At, m.Key, CodeUnknownKey, "key", Visible(m.Key), "known", diag.Meant(m.Key, p.Keys))
	}
}

// setterOf chooses how to fill a field of a type; the key matters for ids.
func setterOf(t reflect.Type, key string) setter {
	if set, ok := Leaves[t]; ok {
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
		return PlanOf(t).set
	}
	panic("crm: no binding for type " + t.String())
}

func pointerTo(set setter) setter {
	return func(b *binder, n *Node, into reflect.Value) {
		into.Set(reflect.New(into.Type().Elem()))
		set(b, n, into.Elem())
	}
}

func sliceOf(t reflect.Type, set setter) setter {
	return func(b *binder, n *Node, into reflect.Value) {
		if n.Kind != ArrayNode {
			b.wrongType(n, "array")
			return
		}
		if len(n.Items) == 0 {
			return
		}
		into.Set(reflect.MakeSlice(t, len(n.Items), len(n.Items)))
		for i := range n.Items {
			b.path = append(b.path, step{index: i, item: true})
			set(b, &n.Items[i], into.Index(i))
			b.path = b.path[:len(b.path)-1]
		}
	}
}
