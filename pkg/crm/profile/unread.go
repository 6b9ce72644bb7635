package profile

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
)

// readKeys are the paths of the record that the profile reads, each with all
// that is below it.
func (p *Profile) readKeys() (paths [][]string) {
	aliases := map[string]expression.Reading{}
	add := func(rules []*rule, bases [][]string) {
		for _, r := range rules {
			for _, read := range r.expr.Reads {
				read = through(aliases, read)
				paths = append(paths, pathsOf(read, bases)...)
			}
		}
	}
	define := func(rules []*rule, bases [][]string) {
		for _, v := range rules {
			if v.expr.Pure {
				aliases[v.key.text] = through(aliases, v.expr.Reads[0])
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
		if !p.lines.from.expr.Pure {
			paths, bases = append(paths, bases...), nil
		}
		define(p.lines.vars, bases)
		add(p.lines.fields, bases)
	}
	return paths
}

// listed are the parts of the record that the expression of the lines reads.
func (r *rule) listed(aliases map[string]expression.Reading) (paths [][]string) {
	for _, read := range r.expr.Reads {
		if read = through(aliases, read); read.Variable == "r" {
			paths = append(paths, read.Keys)
		}
	}
	return paths
}

// through replaces a variable that only names a part of the record by that part.
func through(aliases map[string]expression.Reading, read expression.Reading) expression.Reading {
	if alias, ok := aliases[read.Variable]; ok {
		return expression.Reading{Variable: alias.Variable, Keys: slices.Concat(alias.Keys, read.Keys)}
	}
	return read
}

// pathsOf gives the paths of a reading; what is read of a line is read in each
// of the lists that lines come from.
func pathsOf(read expression.Reading, bases [][]string) (paths [][]string) {
	switch read.Variable {
	case "r":
		paths = append(paths, read.Keys)
	case "it":
		for _, base := range bases {
			paths = append(paths, slices.Concat(base, read.Keys))
		}
	}
	return paths
}

// KeyCollector finds the keys of records that are not known.
type KeyCollector struct {
	profile *Profile
	known   [][]string
	Unused  []string
}

// NewKeyCollector collects the keys out of which a profile reads nothing.
func NewKeyCollector(p *Profile) *KeyCollector { return &KeyCollector{profile: p, known: p.readKeys()} }

// Collect takes the keys of a record.
func (k *KeyCollector) Collect(raw canonical.Raw) {
	tree, _ := new(canonical.Parser).Parse(raw.Bytes, raw.At)
	if tree == nil {
		return
	}
	for _, record := range RecordsAt(tree, k.profile.Roots) {
		k.walk(record, nil, "")
	}
}

// walk visits the values below a node; written is the path with [] for lists.
func (k *KeyCollector) walk(n *canonical.Node, path []string, written string) {
	switch {
	case n.Scalar():
		if !k.covered(path) && !slices.Contains(k.Unused, written) {
			k.Unused = append(k.Unused, written)
		}
	case n.Kind == canonical.ArrayNode:
		for i := range n.Items {
			k.walk(&n.Items[i], path, written+"[]")
		}
	case n.Kind == canonical.ObjectNode:
		for i := range n.Members {
			m := &n.Members[i]
			k.walk(&m.Value, append(slices.Clip(path), m.Key), strings.TrimPrefix(written+"."+m.Key, "."))
		}
	}
}

// covered tells whether a known path leads to a value or to what holds it.
func (k *KeyCollector) covered(path []string) bool {
	return slices.ContainsFunc(k.known, func(known []string) bool {
		return len(known) <= len(path) && slices.Equal(known, path[:len(known)])
	})
}
