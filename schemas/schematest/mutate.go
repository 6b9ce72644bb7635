// Package schematest makes slightly broken documents out of good ones and asks xmllint for its verdict on them,
// for the tests of the schemas and of the validator that reads them.
package schematest

import (
	"bytes"
	"math/rand"
	"strconv"
	"strings"
)

// mutations each change one thing, or nothing where the element picked has no such thing. Texts, the most varied of all,
// are altered by once.
var mutations = []func(*mutator, *node){
	(*mutator).drop, (*mutator).duplicate, (*mutator).swap, (*mutator).move, (*mutator).rename, (*mutator).copyFrom,
	(*mutator).empty, (*mutator).unwrap, (*mutator).wrap, (*mutator).unknown, (*mutator).nilled, (*mutator).reprefix,
	(*mutator).namespace, (*mutator).dropAttr, (*mutator).renameAttr, (*mutator).alterAttr, (*mutator).addAttr,
	(*mutator).strayText, (*mutator).insertMarkup, (*mutator).rewrap, (*mutator).typed,
}

// Mutate changes one thing in a UTF-8 document, sometimes two: elements, attributes, namespaces, texts or markup. Most
// results are invalid, some are still valid, and a few are not even well-formed. The same state of rng gives the same
// result. A document that is not well-formed XML comes back as it is; so may any other, when nothing was there to change.
func Mutate(rng *rand.Rand, doc []byte) []byte {
	top, err := parse(doc)
	if err != nil {
		return doc
	}
	before := top.bytes()
	m := &mutator{rng: rng, top: top}
	for range 1 + rng.Intn(8)/7 {
		m.once()
	}
	if after := top.bytes(); !bytes.Equal(before, after) {
		return after
	}
	return doc
}

type mutator struct {
	rng *rand.Rand
	top *node
}

func (m *mutator) once() {
	if m.rng.Intn(5) < 2 {
		m.alterText()
		return
	}
	if n := m.pick(anyElement); n != nil {
		mutations[m.rng.Intn(len(mutations))](m, n)
	}
}

func anyElement(*node) bool { return true }

// pick gives one of the elements for which the condition holds, or nil.
func (m *mutator) pick(condition func(*node) bool) *node {
	var found []*node
	m.top.walk(func(n *node) {
		if condition(n) {
			found = append(found, n)
		}
	})
	if len(found) == 0 {
		return nil
	}
	return found[m.rng.Intn(len(found))]
}

func (m *mutator) root(n *node) bool { return n.parent == m.top }

func (m *mutator) drop(n *node) {
	if !m.root(n) {
		n.remove()
	}
}

func (m *mutator) duplicate(n *node) {
	if !m.root(n) {
		n.parent.insert(n.index()+1, n.clone())
	}
}

// swap exchanges two neighbours.
func (m *mutator) swap(n *node) {
	siblings := n.parent.elements()
	i := m.rng.Intn(len(siblings))
	a, b := n.index(), siblings[i].index()
	n.parent.children[a], n.parent.children[b] = n.parent.children[b], n.parent.children[a]
}

func (m *mutator) move(n *node) {
	if m.root(n) {
		return
	}
	n.remove()
	to := m.pick(anyElement)
	to.insert(m.rng.Intn(len(to.children)+1), n)
}

func (m *mutator) copyFrom(n *node) {
	from := m.pick(func(e *node) bool { return !m.root(e) })
	if from != nil {
		n.insert(m.rng.Intn(len(n.children)+1), from.clone())
	}
}

func (m *mutator) rename(n *node) {
	other := m.pick(anyElement).name
	prefix, local, qualified := strings.Cut(n.name, ":")
	if !qualified {
		prefix, local = "", n.name
	}
	switch m.rng.Intn(4) {
	case 0:
		n.name = other
	case 1:
		if p, _, ok := strings.Cut(other, ":"); ok {
			n.name = p + ":" + local
		}
	case 2:
		n.name = strings.TrimPrefix(prefix+":"+swapCase(local), ":")
	default:
		n.name += "x"
	}
}

func (m *mutator) empty(n *node) { n.children = nil }

func (m *mutator) unwrap(n *node) {
	if m.root(n) {
		return
	}
	at := n.index()
	n.remove()
	for i, c := range n.children {
		n.parent.insert(at+i, c)
	}
}

func (m *mutator) wrap(n *node) {
	if m.root(n) {
		return
	}
	at := n.index()
	outer := &node{name: n.name}
	n.remove()
	n.parent.insert(at, outer)
	outer.insert(0, n)
}

func (m *mutator) unknown(n *node) {
	names := []string{"unknown", n.name + "2", "u:unknown"}
	u := &node{name: names[m.rng.Intn(len(names))]}
	if u.name == "u:unknown" {
		u.attrs = []attr{{"xmlns:u", "urn:example:unknown"}}
	}
	n.insert(m.rng.Intn(len(n.children)+1), u)
}

func (m *mutator) strayText(n *node) {
	texts := []string{"x", "1", "&#160;", "<![CDATA[x]]>", "<![CDATA[ ]]>", "&#32;", "\n\t"}
	if !n.leaf() {
		n.insert(m.rng.Intn(len(n.children)+1), &node{raw: texts[m.rng.Intn(len(texts))]})
	}
}

// insertMarkup puts in what no schema minds.
func (m *mutator) insertMarkup(n *node) {
	markup := []string{"<!-- note -->", "<?pi data?>", "<!---->"}
	piece := &node{raw: markup[m.rng.Intn(len(markup))]}
	for i, c := range n.children {
		if c.isText() && len(c.raw) > 1 && !strings.Contains(c.raw, "&") && m.rng.Intn(2) == 0 {
			first := &node{raw: c.raw[:1]}
			if c.raw[0] < 0x80 {
				c.raw = c.raw[1:]
				n.insert(i, piece)
				n.insert(i, first)
				return
			}
		}
	}
	n.insert(m.rng.Intn(len(n.children)+1), piece)
}

// rewrap writes a text another way that means the same.
func (m *mutator) rewrap(n *node) {
	for _, c := range n.children {
		if !c.isText() || c.raw == "" || strings.Contains(c.raw, "&") {
			continue
		}
		if m.rng.Intn(2) == 0 {
			c.raw = "<![CDATA[" + c.raw + "]]>"
			return
		}
		if c.raw[0] < 0x80 {
			c.raw = "&#" + strconv.Itoa(int(c.raw[0])) + ";" + c.raw[1:]
			return
		}
	}
}

func (m *mutator) alterText() {
	n := m.pick((*node).leaf)
	if n == nil {
		return
	}
	var old strings.Builder
	for _, c := range n.children {
		if c.isText() {
			old.WriteString(c.raw)
		}
	}
	n.children = nil
	if text := value(m.rng, old.String()); text != "" {
		n.insert(0, &node{raw: text})
	}
}
