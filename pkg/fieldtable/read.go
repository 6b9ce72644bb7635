package fieldtable

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Reader collects what happens while an element is read.
type Reader struct {
	Issues diag.List
	// LeftOut counts, by path, the elements, attributes and texts that no row
	// maps, or whose row says why they are left out, and the repetitions of what
	// the model has but once; Order is the order of their finding.
	LeftOut map[string]int
	Order   []string
	// Each gets every text that a row reads, beside it; nil gets none.
	Each func(Value)

	field    []string
	element  []string
	ordinals map[string]int
}

// Value is a text that a row read.
type Value struct {
	Info
	// Where is the canonical path with the places in lists: "lines[0].sku".
	Where, Text string
}

// Decode reads an element into a context.
func (p *Plan[C]) Decode(c C, r *Reader, el *etree.Element) {
	r.element = append(r.element, el.FullTag())
	p.read(c, r, el)
	r.element = r.element[:len(r.element)-1]
}

// Where gives the canonical path of a field that is being read.
func (r *Reader) Where(field string) string { return where(r.field, field) }

func (r *Reader) push(field string) { r.field = append(r.field, field) }
func (r *Reader) pop()              { r.field = r.field[:len(r.field)-1] }

// ordinal counts the elements of a list.
func (r *Reader) ordinal(field string) int {
	if r.ordinals == nil {
		r.ordinals = map[string]int{}
	}
	key := r.Where(field)
	r.ordinals[key]++
	return r.ordinals[key] - 1
}

func (r *Reader) add(issue *diag.Issue, field, value string) {
	if issue == nil {
		return
	}
	if issue.Path == "" {
		issue.Path = r.Where(field)
	}
	if issue.Value == "" {
		issue.Value = value
	}
	r.Issues.Add(issue)
}

func (r *Reader) leaveOut(what string) {
	path := strings.Join(append(slices.Clip(r.element), what), "/")
	if r.LeftOut == nil {
		r.LeftOut = map[string]int{}
	}
	if r.LeftOut[path] == 0 {
		r.Order = append(r.Order, path)
	}
	r.LeftOut[path]++
}

// node is one element's place in the tree of a plan's paths.
type node[C any] struct {
	children map[name]*node[C]
	attrs    map[string]func(c C, r *Reader, value string)
	step     step[C]
}

func (n *node[C]) insert(path string, st step[C]) {
	elements, attribute := parse(path)
	for _, name := range elements {
		n = n.child(name)
	}
	if attribute == "" {
		n.step = st
		return
	}
	if n.attrs == nil {
		n.attrs = map[string]func(C, *Reader, string){}
	}
	n.attrs[attribute] = st.text
}

func (n *node[C]) child(of name) *node[C] {
	if n.children == nil {
		n.children = map[name]*node[C]{}
	}
	child := n.children[of]
	if child == nil {
		child = &node[C]{}
		n.children[of] = child
	}
	return child
}

func (p *Plan[C]) read(c C, r *Reader, el *etree.Element) { p.root.read(c, r, el) }

// read goes through an element whose rows are in the tree at this node.
func (n *node[C]) read(c C, r *Reader, el *etree.Element) {
	for _, attr := range el.Attr {
		if read := n.attrs[attr.FullKey()]; read != nil {
			read(c, r, attr.Value)
		} else {
			r.leaveOut("@" + attr.FullKey())
		}
	}
	if text := el.Text(); n.step.text != nil {
		n.step.text(c, r, text)
	} else if strings.TrimSpace(text) != "" {
		r.leaveOut("text()")
	}
	var room [32]*node[C]
	seen := room[:0]
	for _, child := range el.ChildElements() {
		next := n.children[name{child.Space, child.Tag}]
		if next == nil || next.isLeftOut() || slices.Contains(seen, next) {
			r.leaveOut(child.FullTag())
			continue
		}
		if !next.step.repeats {
			seen = append(seen, next)
		}
		r.element = append(r.element, child.FullTag())
		if next.step.element != nil {
			next.step.element(c, r, child)
		} else {
			next.read(c, r, child)
		}
		r.element = r.element[:len(r.element)-1]
	}
}

// isLeftOut tells a row that is known and not mapped, or that is only written.
func (n *node[C]) isLeftOut() bool {
	return n.children == nil && n.attrs == nil && n.step.text == nil && n.step.element == nil
}
