package canonical

import "strings"

// Object makes an empty object with room for so many members.
func Object(at, members int) Node {
	return Node{Kind: ObjectNode, At: at, Members: make([]Member, 0, members)}
}

// TextNode makes a string.
func TextNode(value string, at int) Node { return Node{Kind: StringNode, Text: value, At: at} }

// SetPath puts a value into a tree of objects, making those that lead to it.
func SetPath(root *Node, path []string, value Node) {
	for _, key := range path[:len(path)-1] {
		root = child(root, key, value.At)
		if root.Kind != ObjectNode {
			// A value in the way gives way: the deeper path says more.
			*root = Object(value.At, 6)
		}
	}
	*child(root, path[len(path)-1], value.At) = value
}

// SetDefault puts a value where the tree has none. Nothing is put below a value
// that is no object.
func SetDefault(root *Node, path []string, value Node) {
	n := root
	for _, key := range path {
		inner := n.Get(key)
		if inner == nil {
			SetPath(root, path, value)
			return
		}
		n = inner
	}
}

// child gives the member of an object, null when it is new.
func child(n *Node, key string, at int) *Node {
	for i := range n.Members {
		if n.Members[i].Key == key {
			return &n.Members[i].Value
		}
	}
	n.Members = append(n.Members, Member{Key: key, At: at, Value: Node{At: at}})
	return &n.Members[len(n.Members)-1].Value
}

// Below gives the value at a path of keys, nil when it is not there.
func (n *Node) Below(path []string) *Node {
	for _, key := range path {
		if n = n.Get(key); n == nil {
			return nil
		}
	}
	return n
}

// Holds tells whether there is a key, or a key of an inner object by its path.
func (n *Node) Holds(path string) bool {
	if n.has(path) {
		return true
	}
	outer, inner, ok := strings.Cut(path, ".")
	if !ok {
		return false
	}
	below := n.Get(outer)
	return below != nil && below.Holds(inner)
}

func (n *Node) has(key string) bool {
	for i := range n.Members {
		if n.Members[i].Key == key {
			return true
		}
	}
	return false
}
