package crm

import (
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// phaseMap is the map of a profile from the source's words for states to phases.
const phaseMap = "phase"

// States gives the words for states that the profiles know by which records were
// read so far: a record may have such a word even where none has it today.
func (s *Source) States() []string {
	words := map[string]bool{}
	s.foreign.idle.Range(func(p, _ any) bool {
		p.(*profile).states(words)
		return true
	})
	return slices.Sorted(maps.Keys(words))
}

// states adds the words that the rules of the state can find or make: those of the
// maps that they, or variables, look up, the texts that they write out, and what
// stands where there is none.
func (p *profile) states(words map[string]bool) {
	used := map[string]bool{phaseMap: true}
	for _, rule := range p.vars {
		rule.mapsUsed(used)
	}
	for _, rule := range p.fields {
		if isOfState(rule.key.text) && rule.expr != nil {
			rule.mapsUsed(used)
			writtenOut(rule.expr.program.Node(), words)
		}
	}
	for name := range used {
		p.maps[name].words(words, name != phaseMap)
	}
	for _, d := range p.defaults {
		if isOfState(d.key.text) && d.value.kind == stringNode {
			words[d.value.text] = true
		}
	}
}

func isOfState(field string) bool { return strings.HasPrefix(field, "status.") }

// mapsUsed adds the names of the maps that a rule looks up.
func (r *rule) mapsUsed(names map[string]bool) {
	if r.expr == nil {
		return
	}
	for _, use := range r.expr.uses {
		if use.function == "lookup" {
			names[use.name] = true
		}
	}
}

// words adds the words that a map translates, and what they become.
func (m *valueMap) words(words map[string]bool, both bool) {
	if m == nil {
		return
	}
	for word, value := range m.values {
		words[word] = true
		if both {
			words[value] = true
		}
	}
}

// writtenOut adds the texts that an expression can come to.
func writtenOut(n ast.Node, words map[string]bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		words[v.Value] = true
	case *ast.ConditionalNode:
		writtenOut(v.Exp1, words)
		writtenOut(v.Exp2, words)
	case *ast.BinaryNode:
		writtenOut(v.Left, words)
		writtenOut(v.Right, words)
	case *ast.CallNode:
		if callee, ok := v.Callee.(*ast.IdentifierNode); ok && callee.Value == "first" {
			for _, arg := range v.Arguments {
				writtenOut(arg, words)
			}
		}
	}
}
