package crm

import (
	"slices"
	"strings"
)

// readKeys are the paths of the record that the profile reads, each with all
// that is below it.
func (p *profile) readKeys() (paths [][]string) {
	aliases := map[string]reading{}
	add := func(rules []*rule, bases [][]string) {
		for _, r := range rules {
			for _, read := range r.expr.reads {
				read = through(aliases, read)
				paths = append(paths, pathsOf(read, bases)...)
			}
		}
	}
	define := func(rules []*rule, bases [][]string) {
		for _, v := range rules {
			if v.expr.pure {
				aliases[v.key.text] = through(aliases, v.expr.reads[0])
				continue
			}
			add([]*rule{v}, bases)
		}
	}
	define(p.vars, nil)
	add(p.fields, nil)
	if p.lines != nil {
		// What is made of several lists, or chosen out of one, is read as a whole.
		bases := p.lines.from.listed(aliases)
		if !p.lines.from.expr.pure {
			paths, bases = append(paths, bases...), nil
		}
		define(p.lines.vars, bases)
		add(p.lines.fields, bases)
	}
	return paths
}

// listed are the parts of the record that the expression of the lines reads.
func (r *rule) listed(aliases map[string]reading) (paths [][]string) {
	for _, read := range r.expr.reads {
		if read = through(aliases, read); read.variable == "r" {
			paths = append(paths, read.keys)
		}
	}
	return paths
}

// through replaces a variable that only names a part of the record by that part.
func through(aliases map[string]reading, read reading) reading {
	if alias, ok := aliases[read.variable]; ok {
		return reading{variable: alias.variable, keys: slices.Concat(alias.keys, read.keys)}
	}
	return read
}

// pathsOf gives the paths of a reading; what is read of a line is read in each
// of the lists that lines come from.
func pathsOf(read reading, bases [][]string) (paths [][]string) {
	switch read.variable {
	case "r":
		paths = append(paths, read.keys)
	case "it":
		for _, base := range bases {
			paths = append(paths, slices.Concat(base, read.keys))
		}
	}
	return paths
}

// keyCollector finds the keys of records that are not known.
type keyCollector struct {
	profile *profile
	known   [][]string
	unused  []string
}

func newKeyCollector(p *profile) *keyCollector { return &keyCollector{profile: p, known: p.readKeys()} }

func (k *keyCollector) collect(raw Raw) {
	tree, _ := new(parser).parse(raw.Bytes, raw.At)
	if tree == nil {
		return
	}
	for _, record := range recordsAt(tree, k.profile.roots) {
		k.walk(record, nil, "")
	}
}

// walk visits the values below a node; written is the path with [] for lists.
func (k *keyCollector) walk(n *node, path []string, written string) {
	switch {
	case n.scalar():
		if !k.covered(path) && !slices.Contains(k.unused, written) {
			k.unused = append(k.unused, written)
		}
	case n.kind == arrayNode:
		for i := range n.items {
			k.walk(&n.items[i], path, written+"[]")
		}
	case n.kind == objectNode:
		for i := range n.members {
			m := &n.members[i]
			k.walk(&m.value, append(slices.Clip(path), m.key), strings.TrimPrefix(written+"."+m.key, "."))
		}
	}
}

// covered tells whether a known path leads to a value or to what holds it.
func (k *keyCollector) covered(path []string) bool {
	return slices.ContainsFunc(k.known, func(known []string) bool {
		return len(known) <= len(path) && slices.Equal(known, path[:len(known)])
	})
}
