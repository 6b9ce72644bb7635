package xmlio

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/charset"
)

// Envelope is what stands around the items of a document that is written item
// by item: its head, then AppendElement with level 1 for each, then its tail.
type Envelope struct {
	// Encoding is declared; the text itself is UTF-8 until the writer encodes it.
	Encoding charset.Encoding
	Root     Name
	// Attrs are written in this order, before the namespaces.
	Attrs []Attr
	// Prefixes are the customary prefixes to declare: those of the root, of its
	// attributes and of all items. Every one must have a URI in Namespaces.
	Prefixes   []string
	Namespaces *Namespaces
}

// Head gives the declaration and the start tag of the root.
func (e *Envelope) Head() []byte {
	head := []byte(`<?xml version="1.0" encoding="`)
	head = append(head, e.Encoding.String()...)
	head = append(head, "\"?>\n<"...)
	head = append(head, e.Root.String()...)
	for _, a := range e.Attrs {
		head = appendAttr(head, a.String(), a.Value)
	}
	for _, prefix := range slices.Sorted(slices.Values(e.Prefixes)) {
		head = appendAttr(head, "xmlns:"+prefix, e.Namespaces.URI(prefix))
	}
	return append(head, ">\n"...)
}

// Tail gives the end tag of the root.
func (e *Envelope) Tail() []byte {
	return []byte("</" + e.Root.String() + ">\n")
}
