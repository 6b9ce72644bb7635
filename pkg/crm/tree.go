package crm

// object makes an empty object with room for so many members.
func object(at, members int) node {
	return node{kind: objectNode, at: at, members: make([]member, 0, members)}
}

// textNode makes a string.
func textNode(value string, at int) node { return node{kind: stringNode, text: value, at: at} }

// setPath puts a value into a tree of objects, making those that lead to it.
func setPath(root *node, path []string, value node) {
	for _, key := range path[:len(path)-1] {
		root = child(root, key, value.at)
		if root.kind != objectNode {
			// A value in the way gives way: the deeper path says more.
			*root = object(value.at, 6)
		}
	}
	*child(root, path[len(path)-1], value.at) = value
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

// child gives the member of an object, null when it is new.
func child(n *node, key string, at int) *node {
	for i := range n.members {
		if n.members[i].key == key {
			return &n.members[i].value
		}
	}
	n.members = append(n.members, member{key: key, at: at, value: node{at: at}})
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
