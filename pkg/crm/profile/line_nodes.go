package profile

import (
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
)

import "reflect"

// lineNodes finds the nodes that the items of a list of lines are, nil for an
// item that is not proven to be one: an expression may make objects of its own,
// or take them out of further files.
//
// A list that the expression only names is that list. Otherwise the item itself
// is the proof: valueOf makes one map for each object of the record, no function
// changes one, and whatever an expression does with lists (filter, concat, find,
// a slice, a choice) it hands on these very maps.
func (r *run) lineNodes(from *rule, items []any) []*canonical.Node {
	nodes := make([]*canonical.Node, len(items))
	if from.expr.Pure && !from.origin.Indexed && from.expr.Reads[0].Variable == "r" {
		if list := r.source.Below(from.origin.Keys); list != nil && len(list.Items) == len(items) {
			for i := range items {
				nodes[i] = &list.Items[i]
			}
		}
		return nodes
	}
	known := map[uintptr]*canonical.Node{}
	identify(r.env["r"], r.source, known)
	for i, item := range items {
		if object, ok := item.(map[string]any); ok {
			nodes[i] = known[reflect.ValueOf(object).Pointer()]
		}
	}
	return nodes
}

// identify notes the node of each object in a value that valueOf made of a tree.
func identify(value any, n *canonical.Node, known map[uintptr]*canonical.Node) {
	switch v := value.(type) {
	case map[string]any:
		known[reflect.ValueOf(v).Pointer()] = n
		for i := range n.Members {
			identify(v[n.Members[i].Key], &n.Members[i].Value, known)
		}
	case []any:
		for i := range min(len(v), len(n.Items)) {
			identify(v[i], &n.Items[i], known)
		}
	}
}
