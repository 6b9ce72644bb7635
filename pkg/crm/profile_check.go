package crm

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// ProfileCheck is what CheckProfile found.
type ProfileCheck struct {
	Profile ProfileInfo
	// Issues are those of the profile itself; with an error no sample is read.
	Issues  diag.List
	Samples []SampleCheck
}

// SampleCheck is what a profile makes of a sample.
type SampleCheck struct {
	File    string
	Results []Result
	// Findings concern the file and none of its records alone.
	Findings diag.List
	// NotUsed are the keys of the sample out of which the profile reads nothing,
	// such as "items[].cost"; of a CSV the findings tell them.
	NotUsed []string
	// Err is why the sample could not be read to its end.
	Err error
}

// CheckProfile compiles a profile, embedded or by the path of its file, and
// brings samples to canonical records by it. Of the options With, Instance and
// Columns hold.
func CheckProfile(name string, o Options, samples ...string) ProfileCheck {
	p, issues := findProfile(name)
	check := ProfileCheck{Issues: issues}
	if p == nil {
		return check
	}
	check.Profile = p.ProfileInfo
	o.Profile = name
	for _, file := range samples {
		check.Samples = append(check.Samples, p.try(file, o))
	}
	return check
}

// try reads a sample by the profile.
func (p *profile) try(file string, o Options) SampleCheck {
	sample := SampleCheck{File: file}
	source, err := Open(file, o)
	if err != nil {
		sample.Err = err
		return sample
	}
	defer source.Close()
	keys := &keyCollector{known: p.readKeys()}
	for {
		raw, err := source.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				sample.Err = err
			}
			sample.NotUsed, sample.Findings = keys.unused, source.findings
			return sample
		}
		sample.Results = append(sample.Results, source.Decode(raw)...)
		if p.Format == "json" {
			keys.collect(p, raw)
		}
	}
}

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
	known  [][]string
	unused []string
}

func (k *keyCollector) collect(p *profile, raw Raw) {
	tree, _ := new(parser).parse(raw.Bytes, raw.At)
	if tree == nil {
		return
	}
	for _, record := range recordsAt(tree, p.roots) {
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
