package crm

import (
	"slices"
	"strings"
)

// recordsAt gives the records in an envelope: the object, or the items of the
// list, at the first of the paths that is there; without one of them the value
// itself.
func recordsAt(n *node, roots [][]string) []*node {
	for _, path := range roots {
		found := n.below(path)
		if found == nil {
			continue
		}
		if found.kind != arrayNode {
			return []*node{found}
		}
		records := make([]*node, len(found.items))
		for i := range found.items {
			records[i] = &found.items[i]
		}
		return records
	}
	return []*node{n}
}

// fits tells whether a record has the keys of a shape, be they null, and none
// of those that another shape has.
func (s shape) fits(n *node) bool {
	for _, key := range s.has {
		if !n.holds(key) {
			return false
		}
	}
	if slices.ContainsFunc(s.lacks, n.holds) {
		return false
	}
	return len(s.has) > 0
}

// holds tells whether there is a key, or a key of an inner object by its path.
func (n *node) holds(path string) bool {
	if n.has(path) {
		return true
	}
	outer, inner, ok := strings.Cut(path, ".")
	if !ok {
		return false
	}
	below := n.get(outer)
	return below != nil && below.holds(inner)
}

func (n *node) has(key string) bool {
	for i := range n.members {
		if n.members[i].key == key {
			return true
		}
	}
	return false
}

// recognise finds the embedded profile for a record or an envelope of records;
// nil when the shape is not known. An empty list in a known envelope fits.
func recognise(n *node) *profile {
	for _, name := range embeddedNames {
		p, _ := embeddedProfile(name)
		if p == nil || p.Format != "json" {
			continue
		}
		if records := recordsAt(n, p.roots); len(records) == 0 || p.shape.fits(records[0]) {
			return p
		}
	}
	return nil
}

// refersTo tells whether a value holds records that the profile's own refer to.
func (p *profile) refersTo(n *node) bool {
	if records := recordsAt(n, p.roots); len(records) > 0 && p.shape.fits(records[0]) {
		return false
	}
	for _, l := range p.lookups {
		if records := recordsAt(n, l.roots); len(records) > 0 && l.shape.fits(records[0]) {
			return true
		}
	}
	return false
}
