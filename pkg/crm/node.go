// Package crm is the side of CRMs and e-shops: it reads their records from
// JSON and CSV, brings other shapes to the canonical one by mapping profiles,
// and writes canonical JSON.
//
// Whatever the input, a record passes through one tree (node) and one strict
// binding to the types of package trade (bind), so that every kind of input
// has the same rules, findings and places.
package crm

import "github.com/gopohoda/pohoda/pkg/diag"

// nodeKind is the JSON type of a node; the zero value is null, which means
// absent wherever it stands.
type nodeKind uint8

const (
	nullNode nodeKind = iota
	boolNode
	numberNode
	stringNode
	objectNode
	arrayNode
)

// String gives JSON's word for the type.
func (k nodeKind) String() string {
	return [...]string{"null", "boolean", "number", "string", "object", "array"}[k]
}

// node is a value of the tree. Numbers keep their text, so that no digit is
// lost. A tree that parser.parse made is valid until that parser's next parse;
// the strings in it stay valid.
type node struct {
	kind nodeKind
	// at is the place in the record: a byte offset in JSON, a row in CSV; a
	// locator turns it into a position.
	at int
	// text is the value of a string, the literal of a number, "true" or "false".
	text    string
	members []member
	items   []node
}

// member is a key of an object and its value.
type member struct {
	key   string
	at    int
	value node
}

// locator turns the place of a node into a position of a file.
type locator func(at int) diag.Position

// get finds the value of a key; nil when the key is absent or null.
func (n *node) get(key string) *node {
	for i := range n.members {
		if n.members[i].key == key && n.members[i].value.kind != nullNode {
			return &n.members[i].value
		}
	}
	return nil
}

// scalar tells whether the node is a string, number or boolean.
func (n *node) scalar() bool { return n.kind >= boolNode && n.kind <= stringNode }
