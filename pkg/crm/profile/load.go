package profile

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// formatVersion is the version of the profile's own format.
const formatVersion = "1"

// loader reads a profile's YAML. Expressions are kept as text here and compiled
// when the profile is used, since a shape may be tried on many profiles.
type loader struct {
	yamlReader
	p *Profile
}

// ReadProfile reads a profile; file names it in findings.
func ReadProfile(text []byte, file string) (*Profile, diag.List) {
	l := &loader{yamlReader{file: file}, &Profile{}}
	l.p.Info.Format = "json"
	entries := l.root(text)
	if l.issues.Refused() {
		return nil, l.issues
	}
	l.read(entries, section{
		"profile":   func(name string, n ast.Node) { l.oneOf(name, n, []string{formatVersion}) },
		"name":      func(name string, n ast.Node) { l.p.Name = l.text(name, n).text },
		"title":     func(name string, n ast.Node) { l.p.Title = l.text(name, n).text },
		"system":    func(name string, n ast.Node) { l.p.System = l.text(name, n).text },
		"kind":      func(name string, n ast.Node) { l.p.Kind = trade.Kind(l.oneOf(name, n, l.p.Kind.Values())) },
		"format":    func(name string, n ast.Node) { l.p.Format = l.oneOf(name, n, []string{"json", "csv"}) },
		"root":      func(name string, n ast.Node) { l.p.Roots = paths(l.texts(name, n)) },
		"recognise": func(name string, n ast.Node) { l.p.Shape = l.shape(name, n) },
		"lookups":   l.lookups,
		"maps":      l.maps,
		"defaults":  l.defaults,
		"vars":      func(name string, n ast.Node) { l.p.vars = l.rules(name, n) },
		"fields":    func(name string, n ast.Node) { l.p.fields = l.rules(name, n) },
		"lines":     l.lines,
		"csv":       l.csv,
	})
	l.require(entries)
	l.checkPaths()
	return l.p, l.issues
}

// require reports the keys without which a profile says nothing.
func (l *loader) require(entries []entry) {
	wanted := []string{"profile", "name", "system", "kind", "fields"}
	if l.p.Format == "csv" {
		wanted = append(wanted, "csv")
	}
	for _, key := range wanted {
		if !slices.ContainsFunc(entries, func(e entry) bool { return e.text == key }) {
			l.issues.Add(diag.New(CodeProfileMissingKey, "key", key).WithPosition(diag.Position{File: l.file, Line: 1, Column: 1}))
		}
	}
}

// paths splits dotted paths.
func paths(texts []string) (all [][]string) {
	for _, text := range texts {
		all = append(all, strings.Split(text, "."))
	}
	return all
}

func (l *loader) shape(name string, n ast.Node) (s shape) {
	l.read(l.mapping(name, n), section{
		"has":   func(name string, n ast.Node) { s.Has = l.texts(name, n) },
		"lacks": func(name string, n ast.Node) { s.lacks = l.texts(name, n) },
	})
	return s
}

func (l *loader) lookups(name string, n ast.Node) {
	l.p.lookups = map[string]*lookup{}
	for _, e := range l.mapping(name, n) {
		one := &lookup{name: e.text, title: e.text}
		l.p.lookups[e.text] = one
		l.read(l.mapping(e.text, e.value), section{
			"title":    func(name string, n ast.Node) { one.title = l.text(name, n).text },
			"root":     func(name string, n ast.Node) { one.roots = paths(l.texts(name, n)) },
			"key":      func(name string, n ast.Node) { one.key = l.text(name, n).text },
			"id":       func(name string, n ast.Node) { one.id = l.text(name, n).text },
			"has":      func(name string, n ast.Node) { one.shape.Has = l.texts(name, n) },
			"required": func(name string, n ast.Node) { one.required = l.truth(name, n) },
		})
		if one.key == "" || one.shape.Has == nil {
			l.issues.Add(diag.New(CodeProfileMissingKey, "key", "key, has").WithPosition(e.at))
		}
	}
}

func (l *loader) maps(name string, n ast.Node) {
	l.p.maps = map[string]*valueMap{}
	for _, e := range l.mapping(name, n) {
		one := &valueMap{name: e.text, miss: "error", values: map[string]string{}}
		l.p.maps[e.text] = one
		l.read(l.mapping(e.text, e.value), section{
			"miss": func(name string, n ast.Node) { one.miss = l.oneOf(name, n, []string{"error", "warning", "none"}) },
			"values": func(name string, n ast.Node) {
				for _, v := range l.mapping(name, n) {
					one.values[v.text] = l.text(v.text, v.value).text
				}
			},
		})
	}
}

func (l *loader) defaults(name string, n ast.Node) {
	for _, e := range l.mapping(name, n) {
		text := l.text(e.text, e.value)
		value := canonical.Node{Kind: canonical.StringNode, Text: text.text}
		switch e.value.(type) {
		case *ast.BoolNode:
			value.Kind = canonical.BoolNode
		case *ast.IntegerNode, *ast.FloatNode:
			// POHODA's codes and rates are written the way JSON writes numbers.
			if _, err := money.Parse(text.text); err == nil {
				value.Kind = canonical.NumberNode
			}
		}
		l.p.defaults = append(l.p.defaults, constant{e.scalar, strings.Split(e.text, "."), value})
	}
}

func (l *loader) rules(name string, n ast.Node) (rules []*rule) {
	for _, e := range l.mapping(name, n) {
		if _, nothing := e.value.(*ast.NullNode); nothing {
			continue
		}
		rules = append(rules, &rule{key: e.scalar, path: strings.Split(e.text, "."), scalar: l.text(e.text, e.value)})
	}
	return rules
}

func (l *loader) lines(name string, n ast.Node) {
	lines := &lineRules{from: &rule{key: scalar{text: "lines"}, scalar: scalar{text: "r.lines"}}}
	l.p.lines = lines
	l.read(l.mapping(name, n), section{
		"from":   func(name string, n ast.Node) { lines.from.scalar = l.text(name, n) },
		"vars":   func(name string, n ast.Node) { lines.vars = l.rules(name, n) },
		"fields": func(name string, n ast.Node) { lines.fields = l.rules(name, n) },
	})
}

// nearestOf names the keys of a map that a word was probably meant to be.
func nearestOf[V any](word string, known map[string]V) string {
	return diag.Meant(word, sortedKeys(known))
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
