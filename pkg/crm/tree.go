package crm

import "strings"

// setPath puts a value into a tree of objects, making those that lead to it.
func setPath(root *node, path []string, value node) {
	for _, key := range path[:len(path)-1] {
		root = child(root, key, value.at)
	}
	last := child(root, path[len(path)-1], value.at)
	*last = value
}

// setDefault puts a value where the tree has none. Nothing is put below a value
// that is no object.
func setDefault(root *node, path []string, value node) {
	n := root
	for _, key := range path {
		inner := n.get(key)
		if inner == nil {
			setPath(root, path, value)
			return
		}
		n = inner
	}
}

// child gives the member of an object, made an object when it is new. A value
// in the way gives way: the deeper path says more.
func child(n *node, key string, at int) *node {
	if n.kind != objectNode {
		*n = node{kind: objectNode, at: n.at}
	}
	for i := range n.members {
		if n.members[i].key == key {
			return &n.members[i].value
		}
	}
	n.members = append(n.members, member{key: key, at: at, value: node{kind: objectNode, at: at}})
	return &n.members[len(n.members)-1].value
}

// below gives the value at a path of keys, nil when it is not there.
func (n *node) below(path []string) *node {
	for _, key := range path {
		if n = n.get(key); n == nil {
			return nil
		}
	}
	return n
}

// dotted writes a path of keys.
func dotted(path []string) string { return strings.Join(path, ".") }
