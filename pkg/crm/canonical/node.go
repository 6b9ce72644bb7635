// Package canonical is the canonical record as text: files are opened and split into
// records, a record is parsed to a tree that knows its places, a tree is bound strictly to
// the types of package trade, and a record is written as JSON.
package canonical

import "github.com/gopohoda/pohoda/pkg/diag"

// NodeKind is the JSON type of a node; the zero value is null, which means
// absent wherever it stands.
type NodeKind uint8

// The types of a node.
const (
	NullNode NodeKind = iota
	BoolNode
	NumberNode
	StringNode
	ObjectNode
	ArrayNode
)

// String gives JSON's word for the type.
func (k NodeKind) String() string {
	return [...]string{"null", "boolean", "number", "string", "object", "array"}[k]
}

// Node is a value of the tree. Numbers keep their text, so that no digit is
// lost. A tree that parser.parse made is valid until that parser's next parse;
// the strings in it stay valid.
type Node struct {
	Kind NodeKind
	// At is the place in the record: a byte offset in JSON, a row in CSV; a
	// locator turns it into a position.
	At int
	// Text is the value of a string, the literal of a number, "true" or "false".
	Text    string
	Members []Member
	Items   []Node
}

// Member is a key of an object and its value.
type Member struct {
	Key   string
	At    int
	Value Node
}

// Locator turns the place of a node into a position of a file.
type Locator func(at int) diag.Position

// Get finds the value of a key; nil when the key is absent or null.
func (n *Node) Get(key string) *Node {
	for i := range n.Members {
		if n.Members[i].Key == key && n.Members[i].Value.Kind != NullNode {
			return &n.Members[i].Value
		}
	}
	return nil
}

// Scalar tells whether the node is a string, number or boolean.
func (n *Node) Scalar() bool { return n.Kind >= BoolNode && n.Kind <= StringNode }
