package crm

import "reflect"

// lineNodes finds the nodes that the items of a list of lines are, nil for an
// item that is not proven to be one: an expression may make objects of its own,
// or take them out of further files.
//
// A list that the expression only names is that list. Otherwise the item itself
// is the proof: valueOf makes one map for each object of the record, no function
// changes one, and whatever an expression does with lists (filter, concat, find,
// a slice, a choice) it hands on these very maps.
func (r *run) lineNodes(from *rule, items []any) []*node {
	nodes := make([]*node, len(items))
	if from.expr.pure && !from.origin.indexed && from.expr.reads[0].variable == "r" {
		if list := r.source.below(from.origin.keys); list != nil && len(list.items) == len(items) {
			for i := range items {
				nodes[i] = &list.items[i]
			}
		}
		return nodes
	}
	known := map[uintptr]*node{}
	identify(r.env["r"], r.source, known)
	for i, item := range items {
		if object, ok := item.(map[string]any); ok {
			nodes[i] = known[reflect.ValueOf(object).Pointer()]
		}
	}
	return nodes
}

// identify notes the node of each object in a value that valueOf made of a tree.
func identify(value any, n *node, known map[uintptr]*node) {
	switch v := value.(type) {
	case map[string]any:
		known[reflect.ValueOf(v).Pointer()] = n
		for i := range n.members {
			identify(v[n.members[i].key], &n.members[i].value, known)
		}
	case []any:
		for i := range min(len(v), len(n.items)) {
			identify(v[i], &n.items[i], known)
		}
	}
}
