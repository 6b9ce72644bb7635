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
	for _, rule := range slices.Concat(p.fields, p.vars) {
		isState := strings.HasPrefix(rule.key.text, "status.")
		if rule.expr == nil || !isState && !slices.Contains(p.vars, rule) {
			continue
		}
		for _, u := range rule.expr.uses {
			used[u.name] = used[u.name] || u.function == "lookup"
		}
		if node := rule.expr.program.Node(); isState {
			writtenOut(node, words)
		}
	}
	for name := range used {
		m := p.maps[name]
		if !used[name] || m == nil {
			continue
		}
		for word, value := range m.values {
			words[word] = true
			if name != phaseMap {
				words[value] = true
			}
		}
	}
	for _, d := range p.defaults {
		if strings.HasPrefix(d.key.text, "status.") && d.value.kind == stringNode {
			words[d.value.text] = true
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
