package expression

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// Reading is a part of the input that an expression reads: a variable and the
// keys that follow it, as far as they are written out. r.items[0].name is
// r, [items name]: an index leads to every item alike.
type Reading struct {
	Variable string
	Keys     []string
	// Indexed says that one item of a list is meant.
	Indexed bool
}

// readings lists what an expression reads, in the order of the text.
func readings(root ast.Node) []Reading {
	found := &reader{}
	found.walk(root)
	return found.all
}

type reader struct{ all []Reading }

func (r *reader) walk(n ast.Node) {
	if read, ok := chain(n); ok {
		if read.Variable != RunName {
			r.all = append(r.all, read)
		}
		return
	}
	for _, child := range children(n) {
		r.walk(child)
	}
}

// chain gives the reading of r.a?.b["c"], if a node is such a chain.
func chain(n ast.Node) (Reading, bool) {
	switch v := n.(type) {
	case *ast.IdentifierNode:
		return Reading{Variable: v.Value}, true
	case *ast.ChainNode:
		return chain(v.Node)
	case *ast.MemberNode:
		read, ok := chain(v.Node)
		switch property := v.Property.(type) {
		case *ast.StringNode:
			read.Keys = append(slices.Clip(read.Keys), property.Value)
			return read, ok
		case *ast.IntegerNode:
			read.Indexed = true
			return read, ok
		}
	}
	return Reading{}, false
}

// children are the parts of a node, without the name that a call calls.
func children(n ast.Node) []ast.Node {
	switch v := n.(type) {
	case *ast.UnaryNode:
		return []ast.Node{v.Node}
	case *ast.BinaryNode:
		return []ast.Node{v.Left, v.Right}
	case *ast.ChainNode:
		return []ast.Node{v.Node}
	case *ast.MemberNode:
		return []ast.Node{v.Node, v.Property}
	case *ast.SliceNode:
		return []ast.Node{v.Node, v.From, v.To}
	case *ast.CallNode:
		return v.Arguments
	case *ast.BuiltinNode:
		return v.Arguments
	case *ast.PredicateNode:
		return []ast.Node{v.Node}
	case *ast.VariableDeclaratorNode:
		return []ast.Node{v.Value, v.Expr}
	case *ast.SequenceNode:
		return v.Nodes
	case *ast.ConditionalNode:
		return []ast.Node{v.Cond, v.Exp1, v.Exp2}
	case *ast.ArrayNode:
		return v.Nodes
	case *ast.MapNode:
		return v.Pairs
	case *ast.PairNode:
		return []ast.Node{v.Key, v.Value}
	}
	return nil
}

// textsIn lists the texts that are written out in an expression, without the keys
// and the names of maps and lookups among them.
func textsIn(n ast.Node, texts []string) []string {
	parts := children(n)
	switch v := n.(type) {
	case *ast.StringNode:
		return append(texts, v.Value)
	case *ast.MemberNode:
		parts = parts[:1]
	case *ast.CallNode:
		// The hidden first argument of such a call is the run, the second a name.
		if callee, ok := v.Callee.(*ast.IdentifierNode); ok && functions[callee.Value].needsRun && len(parts) > 1 {
			parts = parts[2:]
		}
	}
	for _, part := range parts {
		texts = textsIn(part, texts)
	}
	return texts
}
