package schematest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// node is one piece of a document: an element, or anything else as it was written.
type node struct {
	name     string // of an element, with its prefix; empty for other pieces
	attrs    []attr
	raw      string // of a piece that is no element: text, comment, CDATA section, processing instruction
	parent   *node
	children []*node
}

// attr holds a value escaped, without its quotes.
type attr struct{ name, value string }

func (n *node) isElement() bool { return n.name != "" }

// isText says whether the piece is character data outside a CDATA section.
func (n *node) isText() bool { return !n.isElement() && !strings.HasPrefix(n.raw, "<") }

// elements gives the node's element children.
func (n *node) elements() []*node {
	var found []*node
	for _, c := range n.children {
		if c.isElement() {
			found = append(found, c)
		}
	}
	return found
}

// leaf says whether an element has no element children.
func (n *node) leaf() bool { return len(n.elements()) == 0 }

func (n *node) index() int {
	for i, c := range n.parent.children {
		if c == n {
			return i
		}
	}
	return -1
}

// insert puts a piece before the child at position i.
func (n *node) insert(i int, piece *node) {
	piece.parent = n
	n.children = append(n.children[:i], append([]*node{piece}, n.children[i:]...)...)
}

func (n *node) remove() {
	i := n.index()
	n.parent.children = append(n.parent.children[:i], n.parent.children[i+1:]...)
}

// clone copies the element with all that is in it; the copy has no parent yet.
func (n *node) clone() *node {
	c := &node{name: n.name, raw: n.raw, attrs: append([]attr(nil), n.attrs...)}
	for _, child := range n.children {
		c.insert(len(c.children), child.clone())
	}
	return c
}

// walk calls visit for every element below n, in document order.
func (n *node) walk(visit func(*node)) {
	for _, c := range n.elements() {
		visit(c)
		c.walk(visit)
	}
}

// parse reads a well-formed UTF-8 document into a nameless node that holds the pieces around the root too.
func parse(doc []byte) (*node, error) {
	dec := xml.NewDecoder(bytes.NewReader(doc))
	top := &node{}
	open := top
	for {
		from := dec.InputOffset()
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) && open == top {
			return top, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: qname(t.Name)}
			for _, a := range t.Attr {
				n.attrs = append(n.attrs, attr{qname(a.Name), escape(a.Value)})
			}
			open.insert(len(open.children), n)
			open = n
		case xml.EndElement:
			if open.name != qname(t.Name) {
				return nil, errors.New("elements are not nested")
			}
			open = open.parent
		default:
			open.insert(len(open.children), &node{raw: string(doc[from:dec.InputOffset()])})
		}
	}
}

func qname(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}

func (n *node) write(b *bytes.Buffer) {
	if n.isElement() {
		b.WriteString("<" + n.name)
		for _, a := range n.attrs {
			b.WriteString(" " + a.name + `="` + a.value + `"`)
		}
		if len(n.children) == 0 {
			b.WriteString("/>")
			return
		}
		b.WriteString(">")
	}
	b.WriteString(n.raw)
	for _, c := range n.children {
		c.write(b)
	}
	if n.isElement() {
		b.WriteString("</" + n.name + ">")
	}
}

func (n *node) bytes() []byte {
	var b bytes.Buffer
	n.write(&b)
	return b.Bytes()
}
